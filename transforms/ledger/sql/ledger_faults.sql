-- Which findings stand in the ledger otherwise than the events of the journal add up to? One row per finding.
with ordered_events as (
    select *, lag(state) over (partition by finding_id order by entry) as state_before
    from ledger_events
),

event_sums as (
    select
        finding_id, last(state order by entry) as state, last(outcome order by entry) as outcome,
        first(as_of order by entry) as first_seen_on,
        last(as_of order by entry) filter (where state is distinct from state_before) as since,
        max(entry) filter (where event <> 'changed') as settled_in
    from ordered_events
    group by finding_id
),

expected_states as (
    select
        a.*, d.entry as decided_in,
        case when a.state = 'closed' then if(d.entry is null, 'record', 'decision') end as closed_by
    from event_sums as a
    left join dispositions as d
        on d.finding_id = a.finding_id and d.entry = a.settled_in and d.status <> 'reopen'
),

differing_findings as (
    select
        coalesce(l.finding_id, s.finding_id) as finding_id,
        case
            when l.finding_id is null then ['it is not there']
            when s.finding_id is null then ['no event tells of it']
            else list_filter([
                if(l.state is distinct from s.state, concat('state ', l.state, ', not ', s.state), null),
                if(l.outcome is distinct from s.outcome,
                    concat('outcome ', coalesce(l.outcome, 'none'), ', not ', coalesce(s.outcome, 'none')), null),
                if(l.first_seen_on is distinct from s.first_seen_on,
                    concat('first seen on ', l.first_seen_on, ', not ', s.first_seen_on), null),
                if(l.since is distinct from s.since, concat('since ', l.since, ', not ', s.since), null),
                if(l.closed_by is distinct from s.closed_by,
                    concat('closed by ', coalesce(l.closed_by, 'nothing'), ', not ', coalesce(s.closed_by, 'nothing')),
                    null),
                if(l.decided_in is distinct from s.decided_in,
                    concat('decided in entry ', coalesce(l.decided_in::varchar, 'none'), ', not ',
                        coalesce(s.decided_in::varchar, 'none')), null)
            ], lambda fault: fault is not null)
        end as faults
    from ledger as l
    full join expected_states as s on s.finding_id = l.finding_id
)

select finding_id, array_to_string(faults, '; ') as fault
from differing_findings
where len(faults) > 0
order by finding_id
