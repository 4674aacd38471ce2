-- What do the lines and the filing lines of one sum come to? One row per source of lines and group of `filing_matches`.
-- A sum with a value that is not known is not known. Quantities are summed in one measure only: those recorded in the
-- least of their units, those filed in the greatest, as each filing line is rounded in its own (15 CFR 30.6(a)(15)).
with line_sums as (
    select
        m.source, m.group_id, count(*) as line_count,
        arg_min(m.line_id, (l.line_number, l.shipment_id)) as first_line_id,
        list(l.line_number order by l.line_number) as line_numbers,
        case when count(l.value_usd) = count(*) then sum(l.value_usd) end as recorded_usd,
        count(l.quantity) = count(*) as has_quantities,
        count(u.unit) = count(*) and min(u.unit) = max(u.unit) as is_one_measure,
        case
            when count(u.unit) = 0 or min(u.name) = max(u.name) and is_one_measure then sum(l.quantity)
            when is_one_measure then (sum(l.quantity * u.factor) / min(u.factor))::decimal(38, 4)
        end as recorded_quantity,
        case when count(u.unit) = 0 then '' when is_one_measure then arg_min(u.name, u.factor) end as unit,
        case when is_one_measure then min(u.unit) end as recorded_measure,
        sum(l.quantity * u.factor) as recorded_base,
        list(distinct ten_digits(l.schedule_b)) as recorded_schedule_bs, list(distinct l.origin_df) as recorded_origins,
        case
            when count(l.currency) = count(*) and min(l.currency) = max(l.currency)
                then original_amount(sum(l.value_recorded), min(l.currency))
            when count(l.value_recorded) > 0 then 'amounts in several currencies'
        end as recorded_original
    from (select distinct source, group_id, line_id from filing_matches where group_id is not null) as m
    join current_lines as l on l.line_id = m.line_id
    left join unit_spellings as u on u.uom = l.uom
    group by m.source, m.group_id
),

filing_sums as (
    select
        m.source, m.group_id, count(*) as filing_count,
        case when count(f.value_usd) = count(*) then sum(f.value_usd) end as filed_usd,
        count(f.quantity) = count(*) and bool_and(coalesce(upper(f.uom), '') <> 'X') as has_filed_quantities,
        count(u.unit) = count(*) and min(u.unit) = max(u.unit) as is_one_measure,
        case
            when count(u.unit) = 0 or min(u.name) = max(u.name) and is_one_measure then sum(f.quantity)
            when is_one_measure then (sum(f.quantity * u.factor) / max(u.factor))::decimal(38, 4)
        end as filed_quantity,
        case when count(u.unit) = 0 then '' when is_one_measure then arg_max(u.name, u.factor) end as filed_unit,
        case when is_one_measure then min(u.unit) end as filed_measure, max(u.factor) as filed_factor,
        list(distinct left(f.eccn, 5)) as filed_eccns, list(distinct f.license_code) as filed_codes,
        list(distinct f.license_number) as filed_numbers,
        list_sort(list(distinct ten_digits(f.schedule_b)) filter (ten_digits(f.schedule_b) <> '')) as filed_schedule_bs,
        list(distinct f.origin_df order by f.origin_df) filter (f.origin_df <> '') as filed_origins
    from (select distinct source, group_id, filing_id from filing_matches where group_id is not null) as m
    join current_filings as f on f.filing_id = m.filing_id
    left join unit_spellings as u on u.uom = f.uom
    group by m.source, m.group_id
)

select
    * exclude (is_one_measure),
    recorded_usd is null or filed_usd is null or round(recorded_usd) <> round(filed_usd) as is_value_other,
    case
        when unit = '' or filed_unit = '' then recorded_quantity::double
        when recorded_measure = filed_measure then round(recorded_base / filed_factor, 6)
    end as quantity_in_filed_unit,
    has_quantities and has_filed_quantities and coalesce(
        greatest(1, floor(quantity_in_filed_unit + 0.5)) <> filed_quantity, true
    ) as is_quantity_other,
    not list_contains(recorded_schedule_bs, '') and not list_has_all(recorded_schedule_bs, filed_schedule_bs)
        as is_schedule_b_other,
    not list_contains(recorded_origins, '') and not list_has_all(recorded_origins, filed_origins) as is_origin_other
from line_sums
join filing_sums using (source, group_id)
