-- Which filings has no shipment line? One row per live filing line, on days that the shipment lines cover.
-- Filed by another on our number, or routed (15 CFR 30.6(a)(24), 30.6(b)(1)): the forwarder can tell, so undetermined.
with covered as (
    select min(export_on) as first_on, max(export_on) as last_on
    from lines
    where known_from <= $known_until and (known_until is null or known_until > $known_until) and activity = 'export'
),

numbers as (
    select distinct usppi_id
    from lines
    where known_from <= $known_until and (known_until is null or known_until > $known_until) and usppi_id <> ''
),

ours as (
    -- an EIN is nine digits, in AES with a suffix of two
    select distinct left(regexp_replace(upper(usppi_id), '[^A-Z0-9]', '', 'g'), 9) as usppi_number from numbers
),

unmatched as (
    select
        f.rowid as filing_row, f.*,
        left(regexp_replace(upper(f.usppi_id), '[^A-Z0-9]', '', 'g'), 9) as usppi_number,
        left(regexp_replace(upper(f.filer_id), '[^A-Z0-9]', '', 'g'), 9) as filer_number
    from filings as f
    where f.known_from <= $known_until and (f.known_until is null or f.known_until > $known_until)
        and f.export_on between (select first_on from covered) and (select last_on from covered)
        and coalesce(list_contains($cancelled_words, lower(f.status)), false) = false
        and not exists (select 1 from filing_matches as m where m.filing_row = f.rowid)
        and not exists (select 1 from repeated_filings as r where r.filing_row = f.rowid)
),

told as (
    select
        *,
        (usppi_number in (select usppi_number from ours) or (select count(*) from ours) = 0) as is_ours,
        usppi_number <> '' and filer_number <> '' and filer_number <> usppi_number as is_other_filer
    from unmatched
)

select
    null::bigint as line_row, filing_row,
    case when is_ours and (is_other_filer or upper(routed) in ('Y', 'YES')) then 'filed-by-another' else 'filed-not-shipped' end
        as rule_id,
    case when rule_id = 'filed-by-another' then 'undetermined' else 'flagged' end as outcome,
    concat(
        'AES holds ', coalesce(nullif(itn, ''), 'a filing without ITN'), ' line ', line_number,
        case when rule_id = 'filed-by-another' then concat(
            ', filed on our number ', usppi_id, case when filer_id <> '' then ' by ' || filer_id else '' end,
            case when upper(routed) in ('Y', 'YES') then ' as a routed transaction' else '' end
        ) end,
        ', and no shipment line matches it by ITN, shipment reference or invoice number.'
    ) as because,
    []::varchar[] as missing
from told
