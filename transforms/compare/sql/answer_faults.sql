-- What is wrong with what comparisons selected? One row per version that selected something: outcomes that there are
-- not, columns that are NULL in a row, keys of something else, and keys of which it says two things at once.
with asked_subjects as (
    select 'pair' as about, subject_key from differing_pairs
    union all
    select 'line' as about, subject_key from unmatched_lines
    union all
    select 'filing' as about, subject_key from unmatched_filings
),

repeated_keys as (
    select version_key
    from answered
    where subject_key is not null
    group by version_key, asked_from, subject_key, from_on
    having count(*) > 1
)

select
    any_value(c.shown_as) as shown_as,
    list(distinct a.outcome order by a.outcome)
        filter (a.outcome not in ('flagged', 'undetermined')) as unknown_outcomes,
    list_filter([
        case when bool_or(a.subject_key is null) then 'subject_key' end,
        case when bool_or(a.outcome is null) then 'outcome' end,
        case when bool_or(a.answer is null) then 'answer' end,
        case when bool_or(a.because is null) then 'because' end,
        case when bool_or(a.missing is null) then 'missing' end
    ], lambda one: one is not null) as null_columns,
    count(*) filter (a.subject_key is not null and s.subject_key is null) as strange_count,
    bool_or(a.version_key in (from repeated_keys)) as is_repeated
from answered as a
join comparisons as c on c.version_key = a.version_key
left join asked_subjects as s on s.about = c.about and s.subject_key = a.subject_key
group by a.version_key
order by a.version_key
