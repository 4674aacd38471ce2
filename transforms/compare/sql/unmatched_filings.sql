-- Which filings has no shipment line? One row per live filing line, on days that the shipment lines cover.
-- Filed by another on our number, or routed (15 CFR 30.6(a)(24), 30.6(b)(1)): the forwarder can tell, so undetermined.
with covered_days as (
    select min(export_on) as first_on, max(export_on) as last_on from current_lines where activity = 'export'
),

-- an EIN is nine digits, in AES with a suffix of two
own_numbers as (
    select distinct ein_of(usppi_id) as usppi_number
    from (select distinct usppi_id from current_lines where usppi_id <> '')
),

unmatched_filings as (
    select
        f.*, ein_of(f.usppi_id) as usppi_number, ein_of(f.filer_id) as filer_number,
        usppi_number in (select usppi_number from own_numbers) or (select count(*) from own_numbers) = 0 as is_ours,
        usppi_number <> '' and filer_number <> '' and filer_number <> usppi_number as is_other_filer
    from current_filings as f
    where f.export_on between (select first_on from covered_days) and (select last_on from covered_days)
        and not f.is_cancelled
        and not exists (select 1 from filing_matches as m where m.filing_id = f.filing_id)
        and not exists (select 1 from repeated_filings as r where r.filing_id = f.filing_id)
)

select
    null::ubigint as line_id, filing_id,
    case
        when is_ours and (is_other_filer or upper(routed) in ('Y', 'YES')) then 'filed-by-another'
        else 'filed-not-shipped'
    end as rule_id,
    case when rule_id = 'filed-by-another' then 'undetermined' else 'flagged' end as outcome,
    concat(
        'AES holds ', coalesce(nullif(itn, ''), 'a filing without ITN'), ' line ', line_number,
        case when rule_id = 'filed-by-another' then concat(
            ', filed on our number ', usppi_id, case when filer_id <> '' then ' by ' || filer_id else '' end,
            case when upper(routed) in ('Y', 'YES') then ' as a routed transaction' else '' end
        ) end,
        ', and no shipment line matches it by ITN, shipment reference or invoice number.'
    ) as because,
    []::varchar[] as missing,
    if(rule_id = 'filed-by-another', 'filed-by-another', 'no-line') as answer
from unmatched_filings
