-- Are the consignee and the end user in the country of ultimate destination? One row per situation and stretch of days
-- in which one of them is in another country. 15 CFR 30.6(a)(3) and (5): ultimate consignee and country of ultimate
-- destination; under a license exception that is the country of the end user. The line is flagged if a license
-- requirement would be flagged in the other country. The sentence also names requirements undetermined there (embargo).
with parties as (
    select situation_key, destination, consignee_elsewhere as country, 'consignee' as party from subject
    union all
    select situation_key, destination, end_user_elsewhere, 'end user' from subject
),

conflicts as (
    select *, party || ' is in ' || country as words
    from parties
    where country <> ''
        and not (place_state('one_country', country) = 'in' and place_state('one_country', destination) = 'in')
),

stated as (
    select
        c.situation_key,
        string_agg(distinct c.words, ', ' order by c.words) || '; country of ultimate destination is '
            || any_value(c.destination)
            || coalesce('; habitual transshipment point (15 CFR 30.6(a)(5)): '
                || string_agg(distinct p.destination, ', ' order by p.destination), '') as because,
        count(p.destination) > 0 as has_point
    from conflicts as c
    left join places('transshipment') as p on p.destination in (c.country, c.destination) and p.state = 'in'
    group by c.situation_key
),

bites as (
    select distinct e.situation_key, e.from_on, e.until_on, e.outcome, e.rule_id || ' in ' || e.country as words
    from elsewhere as e
    semi join conflicts as c on c.situation_key = e.situation_key and c.country = e.country
    where e.outcome <> 'clear'
),

-- of all that are in conflict, whether a control bites there or not
spans as (
    select situation_key, from_on, until_on from bites
    union all
    select situation_key, always(), forever() from stated
)

select
    t.situation_key, t.from_on, t.until_on,
    case when bool_or(b.outcome = 'flagged') then 'flagged' else 'undetermined' end as outcome,
    case when count(b.words) > 0 then 'high' when any_value(s.has_point) then 'medium' else 'low' end as severity,
    any_value(s.because)
        || coalesce('; would be flagged there under '
            || string_agg(distinct b.words, ', ' order by b.words) filter (b.outcome = 'flagged'), '')
        || coalesce('; would be undetermined there under '
            || string_agg(distinct b.words, ', ' order by b.words) filter (b.outcome = 'undetermined'), '') as because,
    named([]) as missing
from stretches(spans) as t
join stated as s using (situation_key)
left join bites as b
    on b.situation_key = t.situation_key and b.from_on <= t.from_on and b.until_on >= t.until_on
group by t.situation_key, t.from_on, t.until_on
