-- What happened to findings, as far as this report looks: until its entry of the journal, and the last day of its
-- period? One row per event; a finding is opened or closed by it where its state was another before.
with told_events as (
    select
        e.entry, e.finding_id, e.event, e.state, e.cause, e.outcome, e.as_of, j.kind as entry_kind,
        lag(e.state) over (partition by e.finding_id order by e.entry, e.event) as state_before
    from ledger_events as e
    join journal as j using (entry)
    where e.entry <= $entry and e.as_of <= $last
)

select
    t.* exclude (state_before), l.rule_id, l.rule_kind,
    t.state = 'open' and t.state_before is distinct from 'open' as is_opened,
    t.state = 'closed' and t.state_before = 'open' as is_closed,
    t.as_of >= $first as is_in_period
from told_events as t
join ledger as l using (finding_id)
