-- What columns has a finding? No rows: the table that the examples of these rules begin with.
select
    ''::varchar as finding_id, ''::varchar as run_id, source, shipment_id, line_number, export_on, activity, destination,
    eccn, schedule_b, description, consignee_name, value_usd, license_code, license_number, itn, eei_exemption,
    ''::varchar as rule_id, ''::varchar as rule_kind, null::date as rule_from, ''::varchar as outcome,
    ''::varchar as severity, ''::varchar as because, []::varchar[] as authority, ''::varchar as remedy,
    []::varchar[] as missing, ''::varchar as situation_id, ''::varchar as state, null::date as first_seen_on,
    ''::varchar as rulebook_hash, null::timestamp as known_at
from lines
where false
