-- What does the item master add to what a line says? One row per line and fact, of lines whose ECCN is missing, coarser
-- or another than that of its item on the day, whose item has facts that settle rows of the Commerce Control List, or
-- is of the kind of ECCN 3A069 (90 FR 4612: so many detectors as `cytometer-detectors` says, spectral, or for top-down
-- proteomics; a device that the FDA has cleared is excluded).
with part_lines as (
    select l.line_id, l.part_number, l.export_on, l.eccn
    from own_lines as l
    where upper(l.part_number) in (select upper(part_number) from current_items)
),

-- one row per part, day and recorded ECCN: many lines share them
part_days as (
    select distinct part_number, export_on, eccn from part_lines
),

part_records as (
    select
        a.part_number, a.export_on, a.eccn,
        case when count(distinct i.eccn) filter (i.eccn <> '') > 1 then 'several' else max(nullif(i.eccn, '')) end
            as item_eccn,
        case
            when count(distinct i.item_facts) filter (i.item_facts <> '') > 1 then 'several'
            else max(nullif(i.item_facts, ''))
        end as item_facts,
        max(case when i.detectors >= d.number then i.detectors || ' detectors' end) as detectors,
        max(case when i.spectral = 'Y' then 'spectral analysis' end) as spectral,
        max(case when i.top_down_proteomics = 'Y' then 'top-down proteomics' end) as proteomics,
        max(case when is_eccn(i.eccn) and starts_with(i.eccn || '.', '3A069.') then 'classified ' || i.eccn end)
            as classified,
        bool_and(coalesce(i.fda_device, '') = 'Y') as is_fda_device,
        bool_and(coalesce(i.fda_device, '') = 'N') as is_no_fda_device,
        bool_and(coalesce(i.detectors < d.number and i.spectral = 'N' and i.top_down_proteomics = 'N', false))
            as is_below
    from part_days as a
    join current_items as i
        on upper(i.part_number) = upper(a.part_number)
        and (i.valid_from is null or i.valid_from <= a.export_on)
        and (i.valid_until is null or i.valid_until >= a.export_on)
    join parameters as d on d.name = 'cytometer-detectors' and a.export_on between d.from_on and d.until_on
    group by a.part_number, a.export_on, a.eccn
),

item_statements as (
    select
        *,
        case
            when coalesce(is_fda_device, false) and classified is null then ''
            else concat_ws(', ', detectors, spectral, proteomics, classified)
        end as item_says,
        -- the record settles that it is none: what the description says adds nothing
        classified is null and (coalesce(is_fda_device, false) or coalesce(is_below, false)) as item_rules_out
    from part_records
)

select p.line_id, unnest([
    struct_pack(fact := 'item_eccn', value := t.item_eccn),
    struct_pack(fact := 'item_says', value := nullif(t.item_says, '')),
    struct_pack(fact := 'item_proves', value := case
        when t.item_says <> '' and (t.classified is not null or coalesce(t.is_no_fda_device, false)) then 'true' end),
    struct_pack(fact := 'item_facts', value := t.item_facts),
    struct_pack(fact := 'item_rules_out', value := case when t.item_rules_out then 'true' end)
], recursive := true)
from part_lines as p
join item_statements as t
    on t.part_number = p.part_number and t.export_on = p.export_on and t.eccn is not distinct from p.eccn
where t.item_says <> ''
    or t.item_facts is not null
    or (t.item_rules_out and (p.eccn = 'EAR99' or p.eccn = '3A999' or starts_with(p.eccn, '3A999.')))
    or (t.item_eccn is not null and t.item_eccn is distinct from p.eccn
        and not coalesce(starts_with(p.eccn, t.item_eccn || '.'), false))
