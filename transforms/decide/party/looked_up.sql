-- What does each entry that a name may be come to on a day? One row per entry, the surest first.
with of_day as (
    select distinct on (entry_id) entry_id, open_by, listing_words, evidence_words, requirement_words
    from told_listings
    where $on between from_on and until_on
    order by entry_id, from_on
)

select
    e.entry_id, e.list, e.list_title, e.name as entry_name, h.listed_name, h.band, h.reason,
    case
        when d.entry_id is null then 'not listed'
        when d.open_by is null or d.open_by = 'party-possible' then 'listed'
        else 'possible'
    end as standing,
    h.met, h.unmet, h.extra, h.country_state, h.address_state, e.entry_countries as countries, e.requirement,
    e.possible_from, e.listed_from, e.listed_until, e.possible_until, e.as_of, e.citation, e.programs,
    d.listing_words as because, d.evidence_words as evidence, d.requirement_words as requires
from party_hits as h
join entries_on_lists as e using (entry_id)
left join of_day as d using (entry_id)
order by h.band, standing, e.list, e.name, e.entry_id
