-- Which filings under our USPPI number have no shipment line, and were made by another filer, or are routed? 15 CFR
-- 30.6(a)(24) and 30.6(b)(1): the forwarder can tell, so the filing is undetermined.
select
    subject_key, 'undetermined' as outcome, 'filed-by-another' as answer,
    concat(
        'AES filing ', coalesce(nullif(itn, ''), 'without an ITN'), ' line ', line_number,
        ' was filed under our USPPI number ', usppi_id, if(filer_id <> '', ' by ' || filer_id, ''),
        if(upper(routed) in ('Y', 'YES'), ' as a routed export transaction', ''),
        '; no shipment line matches it by ITN, shipment reference or invoice number'
    ) as because,
    []::varchar[] as missing
from unmatched_filings
where is_ours and (is_other_filer or upper(routed) in ('Y', 'YES'))
