-- How does each finding of this screening stand? One row per finding.
with of_this_run as (
    select finding_id, bool_or(event = 'new') as is_new, bool_or(event = 'reopened') as is_reopened
    from ledger_events
    where entry in (select entry from journal where name = $run_id)
    group by finding_id
)

select
    l.finding_id, l.state, l.first_seen_on, coalesce(e.is_new, false) as is_new,
    coalesce(e.is_reopened, false) as is_reopened
from ledger as l
left join of_this_run as e on e.finding_id = l.finding_id
where l.outcome is not null
