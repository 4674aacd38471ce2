-- What did the check at hand find? One row per situation and stretch of days in which it is in force: what its SQL
-- says, and what cannot be said as the source has no such column. Where the law is in doubt, so is what was found.
-- `answered` is the SQL of the check; it need not say days or severity.
from (
with breaches as (
    from answered
    union all by name
    select null::date as from_on, null::date as until_on, null::varchar as severity, null::varchar as answer
    where false
),

found_rows as (
    select
        a.situation_key, a.eccn_recorded, a.destination, b.outcome, b.severity, b.because, b.missing,
        coalesce(b.answer, 'found') as answer,
        coalesce(b.from_on, date '0001-01-01') as from_on, coalesce(b.until_on, date '9999-12-31') as until_on,
        false as is_rolled_up
    from breaches as b
    left join all_subjects as a on a.situation_key = b.situation_key  -- what is of none is refused: answer_faults
    union all by name
    select
        situation_key, eccn_recorded, destination, 'undetermined' as outcome, 'medium' as severity,
        'the source does not provide a required column' as because, columns as missing, 'column-missing' as answer,
        date '0001-01-01' as from_on, date '9999-12-31' as until_on, true as is_rolled_up
    from lacking
)

select
    'record' as family, f.situation_key as subject_key, $version_key as rule_key,
    greatest(f.from_on, p.from_on) as from_on, least(f.until_on, p.until_on) as until_on,
    case when p.doubt is not null and f.outcome = 'flagged' then 'undetermined' else f.outcome end as outcome,
    case when p.doubt is not null then 'law-in-doubt' else f.answer end as answer, f.severity,
    concat(case when coalesce(f.eccn_recorded, '') = '' then 'A line without an ECCN' else f.eccn_recorded end, ' to ',
        case when coalesce(f.destination, '') = '' then 'an unrecorded destination' else f.destination end) as opening,
    ': ' || f.because || coalesce('; in doubt: ' || rtrim(p.doubt, '.'), '') || '.' as statement,
    f.missing, f.is_rolled_up, false as has_savings
from found_rows as f
join rule_periods as p
    on p.version_key = $version_key and p.from_on <= f.until_on and p.until_on >= f.from_on
    and (p.is_in_force or p.doubt is not null)
)
