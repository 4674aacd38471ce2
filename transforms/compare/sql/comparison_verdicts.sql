-- What did the comparisons find? One row per version, pair, line or filing and stretch of days in which it is in force:
-- what its SQL says. Where the law is in doubt, so is what was found. `asked_from` to `asked_until` are the days of the
-- terms that it was asked under.
select
    'comparison' as family, a.subject_key, a.version_key as rule_key,
    greatest(coalesce(a.from_on, a.asked_from), p.from_on, a.asked_from) as from_on,
    least(coalesce(a.until_on, a.asked_until), p.until_on, a.asked_until) as until_on,
    case when p.doubt is not null then 'undetermined' else a.outcome end as outcome,
    case when p.doubt is not null then 'law-in-doubt' else a.answer end as answer, a.severity,
    null::varchar as opening,
    concat(a.because, case when p.doubt is not null then '; in doubt: ' || rtrim(p.doubt, '.') end, '.') as statement,
    a.missing, false as is_rolled_up, false as has_savings
from answered as a
join rule_periods as p
    on p.version_key = a.version_key and (p.is_in_force or p.doubt is not null)
    and greatest(coalesce(a.from_on, a.asked_from), p.from_on, a.asked_from)
        <= least(coalesce(a.until_on, a.asked_until), p.until_on, a.asked_until)
