-- Which parties may be which entries of the lists, and how many lines with them left before, during and after the
-- listing? One row per recorded party and entry, whatever the role.
with paired as (
    select
        s.situation_key,
        unnest(from_json(s.listed_parties, '[{"role": "VARCHAR", "party": "VARCHAR", "party_country": "VARCHAR",
            "entry_id": "VARCHAR", "band": "VARCHAR", "listed_name": "VARCHAR", "ruled": "VARCHAR"}]')) as pair
    from subjects as s
    where s.listed_parties <> ''
),

pairs as (
    select distinct
        situation_key, pair.party, pair.party_country, pair.entry_id, pair.band, pair.listed_name, pair.ruled
    from paired
),

lines_of_pairs as (
    select
        p.party, p.party_country, p.entry_id, p.band, p.listed_name, p.ruled, l.export_on, l.value_usd,
        case
            when l.export_on < e.possible_from then 'before'
            when l.export_on > coalesce(e.possible_until, date '9999-12-31') then 'after'
            else 'during'
        end as stands
    from pairs as p
    join entries_on_lists as e using (entry_id)
    join placed_lines as l using (situation_key)
),

counted as (
    select
        party, party_country, entry_id, any_value(listed_name) as listed_name, min(band) as band,
        any_value(ruled) as ruled, count(*) filter (stands = 'before') as lines_before,
        count(*) filter (stands = 'during') as lines_during, count(*) filter (stands = 'after') as lines_after,
        sum(value_usd) filter (stands = 'during') as value_usd, min(export_on) as first_export_on,
        max(export_on) as last_export_on
    from lines_of_pairs
    group by party, party_country, entry_id
)

select
    c.*, e.list, e.list_title, e.name as entry_name, e.entry_countries as countries, e.possible_from, e.listed_from,
    e.listed_until, e.possible_until, e.citation,
    case
        when c.lines_during = 0 and c.lines_before > 0 and e.possible_until is null then 'listed since'
        when c.lines_during = 0 then 'not listed then'
        when e.possible_until is not null then 'listed then, not now'
        else 'listed'
    end as standing
from counted as c
join entries_on_lists as e using (entry_id)
order by c.band, standing, c.lines_during desc, c.party, c.entry_id
