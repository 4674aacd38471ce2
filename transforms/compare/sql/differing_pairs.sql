-- Which matched lines differ from what AES holds in anything that is compared? One row per such line, with both sides.
-- This is the one pass over all matches: it compares what was recorded as it stands, and leaves the words to
-- `pair_differences`. A side that records nothing differs in nothing, but for the value.
with matched_pairs as (
    select
        m.line_id, m.matched_by, m.group_id, l.source, l.shipment_id, l.line_number, l.export_on, l.itn,
        l.destination, l.end_user_country, l.consignee_name, l.eccn, l.origin_df, l.license_code, l.license_number,
        l.schedule_b, f.itn as filed_itn, f.line_number as filed_line, f.destination as filed_destination,
        f.consignee_name as filed_consignee, left(f.eccn, 5) as filed_eccn, f.origin_df as filed_origin,
        f.license_code as filed_code, f.license_number as filed_number,
        f.schedule_b as filed_schedule_b,
        f.is_cancelled,
        case when m.group_id is null then 1 else s.line_count end as line_count, s.line_numbers,
        case when m.group_id is null then 1 else s.filing_count end as filing_count,
        m.group_id is null or s.first_line_id = m.line_id as is_first,
        case when m.group_id is null then l.value_usd else s.recorded_usd end as recorded_usd,
        case when m.group_id is null then f.value_usd else s.filed_usd end as filed_usd,
        case when m.group_id is null then l.quantity else s.recorded_quantity end as recorded_quantity,
        case when m.group_id is null then f.quantity else s.filed_quantity end as filed_quantity,
        upper(l.uom) as unit, upper(f.uom) as filed_unit,
        s.filed_eccns, s.filed_codes, s.filed_numbers
    from filing_matches as m
    join current_lines as l on l.line_id = m.line_id
    join current_filings as f on f.filing_id = m.filing_id
    left join matched_sums as s on s.source = m.source and s.group_id = m.group_id
    where m.group_id is null or m.filing_id = m.group_id
),

measured_pairs as (
    select
        *,
        recorded_usd is null or filed_usd is null as is_value_missing,
        round(recorded_usd) > $threshold_usd and filed_usd <= $threshold_usd as is_declared_low,
        abs(recorded_usd - filed_usd)
            > greatest(
                $tolerance_usd::decimal(18, 4) * filing_count, recorded_usd * $tolerance_percent::decimal(9, 4) / 100
            ) as is_value_off,
        unit = filed_unit and unit not in ('', 'X')
            and recorded_quantity is not null
            and abs(greatest(1, floor(recorded_quantity + 0.5)) - filed_quantity) > filing_count - 1 as is_quantity_off
    from matched_pairs
)

select *
from measured_pairs
where is_cancelled
    or (is_first and (is_value_missing or is_declared_low or is_value_off or is_quantity_off))
    or (left(eccn, 5) <> filed_eccn and eccn <> '' and filed_eccn <> '')
    or (schedule_b <> filed_schedule_b and schedule_b <> '' and filed_schedule_b <> '')
    or (destination <> filed_destination and destination <> '' and filed_destination <> '')
    or (consignee_name <> filed_consignee and consignee_name <> '' and filed_consignee <> '')
    or (license_code <> filed_code and license_code <> '' and filed_code <> '')
    or (license_number <> filed_number and license_number <> '' and filed_number <> '')
    or (origin_df <> filed_origin and origin_df <> '' and filed_origin <> '')
    or (matched_by <> 'ITN' and itn <> filed_itn and itn <> '' and filed_itn <> '')
