-- How long have the findings been known that are open at the end of the period? One row per band and outcome.
with standing_findings as (
    select
        finding_id, arg_max(state, entry) as state, arg_max(outcome, entry) as outcome,
        $last::date - min(as_of) as days
    from desk_events
    group by finding_id
)

select
    case when days <= 7 then 0 when days <= 30 then 1 when days <= 90 then 2 when days <= 365 then 3 else 4 end as band,
    outcome, count(*) as finding_count
from standing_findings
where state = 'open'
group by all
order by all
