-- How does each finding stand after a decision? One row per finding that was decided about.
select
    l.* replace (
        d.state as state, if(d.state = l.state, l.since, $as_of::date) as since,
        if(d.state = 'closed', 'decision', null) as closed_by,
        if(d.status = 'reopen', null, $entry) as decided_in
    )
from ledger as l
join decision_events as d using (finding_id)
