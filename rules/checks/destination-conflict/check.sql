-- Do the parties stand where the goods are said to go? One row per situation and stretch of days in which the ultimate
-- consignee or the end user is in another country than the destination. 15 CFR 30.6(a)(3) and (5): consignee and country of
-- ultimate destination; under a license exception that is the country of the end user. Where a control would be flagged in the
-- other country, so is this; where one would be undetermined there (an embargo), that is said.
with parties as (
    select situation_key, destination, consignee_elsewhere as country, 'the consignee' as party
    from subject
    where consignee_elsewhere <> ''
    union all
    select situation_key, destination, end_user_elsewhere, 'the end user' from subject where end_user_elsewhere <> ''
),

conflicts as (
    select *
    from parties
    where not (
        country in (select destination from scope_places where name = 'one_country' and state = 'in')
        and destination in (select destination from scope_places where name = 'one_country' and state = 'in')
    )
),

points as (
    select distinct destination from scope_places where name = 'transshipment' and state = 'in'
),

stated as (
    select
        c.situation_key,
        string_agg(distinct c.party || ' is in ' || c.country, ', ' order by c.party || ' is in ' || c.country)
            || ', not in ' || any_value(c.destination)
            || coalesce('; habitual transshipment (15 CFR 30.6(a)(5)): '
                || string_agg(distinct p.destination, ', ' order by p.destination), '') as because,
        count(p.destination) > 0 as has_point
    from conflicts as c
    left join points as p on p.destination in (c.country, c.destination)
    group by c.situation_key
),

bites as (
    select distinct e.situation_key, e.country, e.rule_id, e.from_on, e.until_on, e.outcome
    from elsewhere as e
    semi join conflicts as c on c.situation_key = e.situation_key and c.country = e.country
    where e.outcome <> 'clear'
),

cuts as (
    select situation_key, date '0001-01-01' as cut_on from stated
    union
    select situation_key, from_on from bites
    union
    select situation_key, until_on + 1 from bites where until_on < date '9999-12-31'
),

stretches as (
    select
        situation_key, cut_on as from_on,
        coalesce(lead(cut_on) over (partition by situation_key order by cut_on) - 1, date '9999-12-31') as until_on
    from cuts
)

select
    t.situation_key, t.from_on, t.until_on,
    case when bool_or(b.outcome = 'flagged') then 'flagged' else 'undetermined' end as outcome,
    case when count(b.rule_id) > 0 then 'high' when any_value(s.has_point) then 'medium' else 'low' end as severity,
    any_value(s.because) || coalesce('; it would be flagged there: '
        || string_agg(distinct b.rule_id || ' in ' || b.country, ', ' order by b.rule_id || ' in ' || b.country)
            filter (b.outcome = 'flagged'), '')
        || coalesce('; it would be undetermined there: '
        || string_agg(distinct b.rule_id || ' in ' || b.country, ', ' order by b.rule_id || ' in ' || b.country)
            filter (b.outcome = 'undetermined'), '') as because,
    []::varchar[] as missing
from stretches as t
join stated as s using (situation_key)
left join bites as b
    on b.situation_key = t.situation_key and b.from_on <= t.from_on and b.until_on >= t.until_on
group by t.situation_key, t.from_on, t.until_on
