-- Of which facts are the situations made in which findings stand, that the ledger does not know yet? One row each.
select
    s.situation_id,
    map_from_entries([
        ('eccn', s.eccn), ('eccn_recorded', s.eccn_recorded), ('item_eccn', s.item_eccn), ('item_says', s.item_says),
        ('item_proves', s.item_proves::varchar), ('signal', s.signal), ('destination', s.destination),
        ('activity', s.activity), ('license_code', s.license_code), ('license_number_form', s.license_number_form),
        ('exception_paragraph', s.exception_paragraph), ('consignee_elsewhere', s.consignee_elsewhere),
        ('end_user_elsewhere', s.end_user_elsewhere), ('form', s.form), ('itn_form', s.itn_form),
        ('itn_timing', s.itn_timing), ('exemption', s.exemption), ('filing_option', s.filing_option), ('hs6', s.hs6),
        ('via_country', s.via_country), ('low_value', s.low_value), ('low_value_missing', s.low_value_missing),
        ('itn_use', s.itn_use), ('aes_state', s.aes_state)
    ]) as facts
from subjects as s
where
    s.situation_id in (select situation_id from findings union select situation_id from lost)
    and s.situation_id not in (select situation_id from ledger_situations)
