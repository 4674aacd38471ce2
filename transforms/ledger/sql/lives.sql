-- How did each finding stand after the entries up to this one? One row per finding that had been made by then.
select
    finding_id, max_by(state, entry) as state, arg_min(as_of, entry) as first_seen_on,
    bool_or(entry in (select entry from journal where name = $run_id) and event = 'new') as is_new,
    bool_or(entry in (select entry from journal where name = $run_id) and event = 'reopened') as is_reopened
from ledger_events
where entry <= $entry
group by finding_id
