-- Which entries bear each listed name, as it was taken apart?
select
    p.core, p.part_at, p.is_acronym, n.entry_id, n.listed_name, n.countries, n.address,
    n.is_weak or p.is_weak as is_weak,
    coalesce(n.type, '') = 'individual'
        or coalesce(n.type, '') in ('', 'not known') and p.is_like_person and not p.is_acronym as is_person,
    coalesce(n.type, '') in ('vessel', 'aircraft') as is_thing,
    coalesce(n.kind, 'name') = 'alias' as is_alias
from listed_names as n
inner join listed_parts as p on n.listed_name = p.name
where coalesce(n.type, '') <> 'address'
