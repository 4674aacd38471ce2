-- Which filings match no shipment line? Filings under our number by another filer, or routed, are for filed-by-another.
select
    subject_key, 'flagged' as outcome, 'no-line' as answer,
    concat(
        'AES filing ', coalesce(nullif(itn, ''), 'without an ITN'), ' line ', line_number,
        ' matches no shipment line by ITN, shipment reference or invoice number'
    ) as because,
    []::varchar[] as missing
from unmatched_filings
where (is_ours and (is_other_filer or upper(routed) in ('Y', 'YES'))) is not true
