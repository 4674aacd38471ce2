-- Which parties were first shipped to within the days after a listing, and take parts that the listed party took
-- before, at the same destination or address? One row per party and listed party. It is a reason to look, no finding.
with listed as (
    select distinct
        p.party, e.entry_id, e.name as entry_name, e.list, coalesce(e.possible_from, e.listed_from) as listed_on
    from listed_pairs as p
    join entries_on_lists as e using (entry_id)
    where p.band = 'match' and e.listed_from is not null
),

named_lines as (
    select
        line_id, destination, part_number, export_on,
        unnest([
            {'party': consignee_name, 'address': consignee_address},
            {'party': intermediate_consignee_name, 'address': null::varchar},
            {'party': end_user_name, 'address': end_user_address}
        ], recursive := true)
    from current_lines
),

taken as (
    select distinct
        w.party as listed_party, w.entry_id, w.entry_name, w.list, w.listed_on, l.destination, l.part_number,
        l.address
    from listed as w
    join named_lines as l on l.party = w.party and l.export_on < w.listed_on
),

first_days as (
    select party, min(export_on) as first_on from named_lines where party <> '' group by party
),

met as (
    select
        f.party, f.first_on, t.listed_party, t.entry_id, t.entry_name, t.list, t.listed_on,
        l.line_id, l.part_number, l.destination, l.export_on,
        coalesce(l.address <> '' and l.address = t.address, false) as is_at_address
    from taken as t
    join first_days as f on f.first_on > t.listed_on and f.first_on <= t.listed_on + $days::integer
    join named_lines as l
        on l.party = f.party
        and ((l.part_number = t.part_number and l.part_number <> '' and l.destination = t.destination)
            or (l.address <> '' and l.address = t.address))
    where f.party not in (select p.party from listed_pairs as p where p.entry_id = t.entry_id)
)

select
    party, first_on, listed_party, entry_id, entry_name, list, listed_on,
    count(distinct part_number) as part_count,
    string_agg(distinct part_number, ', ' order by part_number) as parts,
    string_agg(distinct destination, ', ' order by destination) as destinations,
    bool_or(is_at_address) as is_at_address,
    count(distinct line_id) as line_count, max(export_on) as last_on
from met
group by party, first_on, listed_party, entry_id, entry_name, list, listed_on
order by part_count desc, first_on, party, entry_id
