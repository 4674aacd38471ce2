-- Is EEI required at any value as a party is on a list, 15 CFR 758.1(b)(8)? One row per filing situation, provision
-- version and stretch of days in which one of the named parties is (in) or may be (unknown) on the list.
with listings as (
    select distinct
        f.filing_key, p.version_key, l.role, l.party, l.band, l.open_by, l.list_title, l.from_on, l.until_on
    from provisions as p
    join party_listings as l on list_contains(p.lists, l.list) and list_contains(p.roles, l.role)
    join filing_subjects as f using (situation_key)
    where f.record <> 'filed' and (p.form is null or f.shape in (p.form, 'unknown'))
)

select
    l.filing_key, l.version_key, greatest(l.from_on, r.from_on) as from_on, least(l.until_on, r.until_on) as until_on,
    if(l.open_by is not null or r.doubt is not null, 'unknown', 'in') as state,
    concat('the ', l.role, ' ', l.party, if(l.open_by is null, ' is', ' may be'), ' on the ', l.list_title,
        coalesce('; ' || r.doubt, '')) as note,
    []::varchar[] as missing, false as is_silent,
    false as has_savings, null::date as en_route_on, null::date as exported_before, null::date as look_until
from listings as l
join rule_periods as r on r.version_key = l.version_key and r.from_on <= l.until_on and r.until_on >= l.from_on
