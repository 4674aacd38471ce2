-- Which filings has no shipment line, on days that the shipment lines cover? One row per filing line, but for those
-- that are canceled or that AES did not accept.
with covered_days as (
    select min(export_on) as first_on, max(export_on) as last_on from current_lines where activity = 'export'
),

filings_left as materialized (
    select f.filing_id
    from current_filings as f
    where f.export_on between (select first_on from covered_days) and (select last_on from covered_days)
        and f.standing in ('held', 'unknown')
        and not exists (select 1 from filing_matches as m where m.filing_id = f.filing_id)
        and not exists (select 1 from repeated_filings as r where r.filing_id = f.filing_id)
),

-- an EIN is nine digits, in AES with a suffix of two
own_numbers as (
    select distinct ein_of(usppi_id) as usppi_number
    from (select distinct usppi_id from current_lines where usppi_id <> '' and exists (from filings_left))
)

select
    f.source, f.itn, f.shipment_reference, f.line_number, f.status, f.export_on, f.filer_id, f.usppi_id, f.usppi_name,
    f.consignee_name, f.consignee_country, f.consignee_type, f.intermediate_country, f.destination, f.description,
    f.schedule_b, f.origin_df, f.quantity, f.uom, f.value_usd, f.eccn, f.license_code, f.license_number,
    f.filing_option, f.transport_mode, f.conveyance, f.port_of_export, f.routed, f.invoice_number,
    f.transmitted_at,
    -- no line has it: the two are subjects of one family
    hash(f.filing_id, 'filing') as subject_key, f.identity_hash,
    ein_of(f.usppi_id) in (select usppi_number from own_numbers) or (select count(*) from own_numbers) = 0 as is_ours,
    ein_of(f.usppi_id) <> '' and ein_of(f.filer_id) <> '' and ein_of(f.filer_id) <> ein_of(f.usppi_id)
        as is_other_filer
from filings_left as left_over
join current_filings as f on f.filing_id = left_over.filing_id
