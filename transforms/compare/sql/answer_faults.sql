-- What is wrong with what the comparison at hand selected? One row: outcomes that there are not, columns that are NULL
-- in a row, keys that are not those of what it is about, and keys of which it says two things at once.
with repeated_keys as (
    select subject_key
    from differences
    where subject_key is not null
    group by subject_key, from_on
    having count(*) > 1
)

select
    list(distinct outcome order by outcome) filter (outcome not in ('flagged', 'undetermined')) as unknown_outcomes,
    list_filter([
        case when bool_or(subject_key is null) then 'subject_key' end,
        case when bool_or(outcome is null) then 'outcome' end,
        case when bool_or(answer is null) then 'answer' end,
        case when bool_or(because is null) then 'because' end,
        case when bool_or(missing is null) then 'missing' end
    ], lambda one: one is not null) as null_columns,
    count(*) filter (
        subject_key is not null and subject_key not in (select subject_key from asked_subjects)
    ) as strange_count,
    (select count(*) from repeated_keys) as repeated_count
from differences
