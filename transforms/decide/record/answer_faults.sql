-- Which rows of checks say nothing of a situation? One row per check, column at fault and value: its key is NULL, or of
-- no situation; its outcome is none; there is no reason; its severity is none.
with faults as (
    select
        rule_key,
        unnest(list_filter([
            case when subject_key is null then {'column_name': 'situation_key', 'said': null::varchar} end,
            case
                when outcome is null or outcome not in ('flagged', 'undetermined')
                    then {'column_name': 'outcome', 'said': outcome}
            end,
            case when statement is null then {'column_name': 'because', 'said': null::varchar} end,
            case
                when severity not in ('high', 'medium', 'low') then {'column_name': 'severity', 'said': severity}
            end
        ], lambda one: one is not null), recursive := true)
    from record_verdicts
    -- the first look is at these alone, as nearly every row is without fault
    where subject_key is null or statement is null or outcome is null or outcome not in ('flagged', 'undetermined')
        or severity not in ('high', 'medium', 'low')
)

select c.rule_id, f.column_name, f.said, count(*) as row_count
from faults as f
join checks as c on c.version_key = f.rule_key
group by all
order by all
