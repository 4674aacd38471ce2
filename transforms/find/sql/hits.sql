-- Which lines fall under a verdict that is not clear on their own date? One row per line and verdict.
-- A savings clause is settled here, by the day of hand-over: goods en route may go under the earlier law (90 FR 4612,
-- 89 FR 93164). On the boundary day, or where no deadline is known, that is undetermined.
with judged_lines as (
    select
        l.line_id, l.situation_key, d.verdict_key, d.outcome, d.has_savings, d.outcome_if_saved, d.en_route_on,
        d.exported_before, coalesce(d.exported_before, d.look_until) as look_until, l.tendered_on, l.export_on
    from screened_lines as l
    join open_verdicts as d
        on d.situation_key = l.situation_key and l.export_on between d.from_on and d.until_on
),

settled_lines as (
    select
        line_id, situation_key, export_on, tendered_on, verdict_key, outcome, outcome_if_saved,
        case
            when not has_savings then 'none'
            when tendered_on is null and export_on <= look_until then 'hand-over missing'
            when tendered_on is null or tendered_on > en_route_on then 'none'
            when exported_before is null then 'no deadline known'
            when export_on < exported_before then 'saved'
            when export_on = exported_before then 'boundary day'
            else 'none'
        end as savings
    from judged_lines
)

select
    line_id, situation_key, export_on, tendered_on, verdict_key, savings,
    case when savings = 'none' then outcome else 'undetermined' end as outcome
from settled_lines
where savings <> 'saved' or outcome_if_saved <> 'clear'
