-- Of which record is each row that stands in quarantine? One row per key for which that can be told.
-- Up to schema 4 only its hash was kept: whatever record or pair of cells makes the same hash, it is.
with open_rows as (
    select distinct source, kind, row_key, cells from quarantine where settled_at is null
),

known_records as (
    select 'lines' as kind, identity_hash, [shipment_id, line_number::varchar] as identity from lines
    union all
    select 'filings', identity_hash, [itn, line_number::varchar] from filings
    union all
    select 'items', identity_hash, [part_number, valid_from::varchar] from items
),

open_cells as (
    select source, kind, row_key, trim(unnest(cells)) as cell from open_rows
),

first_parts as (
    select distinct source, kind, row_key, if(kind = 'filings', upper(cell), cell) as part
    from open_cells
    where cell <> ''
),

second_parts as (
    select distinct
        source, kind, row_key,
        case
            when kind <> 'items' and regexp_full_match(cell, '\d+(\.0+)?') then try_cast(cell as integer)
        end as number,
        case
            when kind = 'items' then try_strptime(cell, ['%Y-%m-%d', '%Y-%m-%d %H:%M:%S', '%m/%d/%Y'])::date
        end as day
    from open_cells
),

told_rows as (
    select o.source, o.kind, o.row_key, r.identity
    from open_rows as o
    join known_records as r on r.kind = o.kind and r.identity_hash = o.row_key
    union all
    select f.source, f.kind, f.row_key, [f.part, if(f.kind = 'items', s.day::varchar, s.number::varchar)]
    from first_parts as f
    join second_parts as s on s.source = f.source and s.kind = f.kind and s.row_key = f.row_key
    where f.row_key = if(f.kind = 'items', hash(f.source, f.part, s.day), hash(f.source, f.part, s.number))
)

select source, kind, row_key, any_value(identity) as identity
from told_rows
group by source, kind, row_key
