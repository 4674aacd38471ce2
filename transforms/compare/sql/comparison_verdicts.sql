-- What did the comparison at hand find? One row per pair, line or filing and stretch of days in which it is in force:
-- what its SQL says, as `differences`. Where the law is in doubt, so is what was found. The days from `$from_on` to
-- `$until_on` are those of its terms.
select
    'comparison' as family, d.subject_key, $version_key as rule_key,
    greatest(coalesce(d.from_on, $from_on), p.from_on, $from_on) as from_on,
    least(coalesce(d.until_on, $until_on), p.until_on, $until_on) as until_on,
    case when p.doubt is not null then 'undetermined' else d.outcome end as outcome,
    case when p.doubt is not null then 'law-in-doubt' else d.answer end as answer, d.severity,
    null::varchar as opening,
    concat(d.because, case when p.doubt is not null then '; in doubt: ' || rtrim(p.doubt, '.') end, '.') as statement,
    d.missing, false as is_rolled_up, false as has_savings
from differences as d
join rule_periods as p
    on p.version_key = $version_key and (p.is_in_force or p.doubt is not null)
    and greatest(coalesce(d.from_on, $from_on), p.from_on, $from_on)
        <= least(coalesce(d.until_on, $until_on), p.until_on, $until_on)
