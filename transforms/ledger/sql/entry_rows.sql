-- What does an entry of the journal hold, as text that its hash is made of? One row per row of it, in a fixed order.
select to_json(['event', finding_id, event, state, cause, detail, outcome, as_of::varchar])::varchar as held
from ledger_events
where entry = $entry
union all
select
    to_json(['decision', finding_id, rule_id, situation_id, status, reason, evidence, expires_on::varchar, decided_by,
        decided_at::varchar, outcome])::varchar as held
from dispositions
where entry = $entry
order by held
