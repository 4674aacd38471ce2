-- Which parties and entries do the names that met belong to, and do their countries agree?
select
    n.pair, p.party_key, l.entry_id, l.listed_name, l.part_at, pp.part, pp.part_at as party_part_at, pp.is_split,
    l.is_person, l.is_weak, l.is_acronym, l.is_thing, l.is_alias, pp.has_form,
    case
        when coalesce(p.country, '') = '' or len(list_filter(l.countries, lambda one: one <> '')) = 0
            or l.countries is null then 'not known'
        when list_contains(l.countries, p.country)
            or p.country in ('CN', 'HK', 'MO') and list_has_any(l.countries, ['CN', 'HK', 'MO']) then 'agrees'
        else 'conflicts'
    end as country_state,
    p.address, l.address as listed_address
from met_names as n
inner join party_parts as pp on n.party_core = pp.core
inner join parties as p on pp.name = p.name
inner join listed_entries as l on n.listed_core = l.core
