-- What do the lines and the filing lines of one sum come to? One row per source of lines and group of `filing_matches`.
-- A sum with a value that is not known is not known; quantities are summed in one unit only.
with line_sums as (
    select
        m.source, m.group_id, count(*) as line_count,
        arg_min(m.line_id, (l.line_number, l.shipment_id)) as first_line_id,
        list(l.line_number order by l.line_number) as line_numbers,
        case when count(l.value_usd) = count(*) then sum(l.value_usd) end as recorded_usd,
        case
            when count(l.currency) = count(*) and min(l.currency) = max(l.currency)
                then original_amount(sum(l.value_recorded), min(l.currency))
            when count(l.value_recorded) > 0 then 'amounts in several currencies'
        end as recorded_original,
        case when count(l.quantity) = count(*) and min(upper(l.uom)) = max(upper(l.uom)) and count(l.uom) = count(*)
            then sum(l.quantity) end as recorded_quantity,
        min(upper(l.uom)) as recorded_uom
    from (select distinct source, group_id, line_id from filing_matches where group_id is not null) as m
    join current_lines as l on l.line_id = m.line_id
    group by m.source, m.group_id
),

filing_sums as (
    select
        m.source, m.group_id, count(*) as filing_count,
        case when count(f.value_usd) = count(*) then sum(f.value_usd) end as filed_usd,
        case when count(f.quantity) = count(*) and min(upper(f.uom)) = max(upper(f.uom)) and count(f.uom) = count(*)
            then sum(f.quantity) end as filed_quantity,
        min(upper(f.uom)) as filed_uom,
        list(distinct left(f.eccn, 5)) as filed_eccns, list(distinct f.license_code) as filed_codes,
        list(distinct f.license_number) as filed_numbers
    from (select distinct source, group_id, filing_id from filing_matches where group_id is not null) as m
    join current_filings as f on f.filing_id = m.filing_id
    group by m.source, m.group_id
)

select
    *,
    recorded_usd is null or filed_usd is null or round(recorded_usd) <> round(filed_usd) as is_value_other,
    greatest(1, floor(recorded_quantity + 0.5)) <> filed_quantity and recorded_uom = filed_uom and recorded_uom <> ''
        as is_quantity_other
from line_sums
join filing_sums using (source, group_id)
