-- Which filings have no shipment line? What another filed on our number, or routed, is told by filed-by-another.
select
    subject_key, 'flagged' as outcome, 'no-line' as answer,
    concat(
        'AES holds ', coalesce(nullif(itn, ''), 'a filing without ITN'), ' line ', line_number,
        ', and no shipment line matches it by ITN, shipment reference or invoice number'
    ) as because,
    []::varchar[] as missing
from unmatched_filings
where (is_ours and (is_other_filer or upper(routed) in ('Y', 'YES'))) is not true
