-- Does the ultimate consignee in AES differ from the shipment record? 15 CFR 30.6(a)(3). Names are compared without
-- case, spaces, punctuation and accents; a name that is nearly the same needs review.
with folded_names as (
    select
        *, regexp_replace(lower(strip_accents(consignee_name)), '[^\p{L}\p{N}]', '', 'g') as folded_name,
        regexp_replace(lower(strip_accents(filed_consignee_name)), '[^\p{L}\p{N}]', '', 'g') as filed_folded_name
    from pairs
),

other_names as (
    select *, jaro_winkler_similarity(folded_name, filed_folded_name) >= $similarity as is_near
    from folded_names
    where folded_name <> filed_folded_name and folded_name <> '' and filed_folded_name <> ''
)

select
    subject_key, if(is_near, 'undetermined', 'flagged') as outcome, if(is_near, 'near-name', 'differs') as answer,
    concat('Shipment record shows consignee ', consignee_name, '; AES filing shows ', filed_consignee_name, in_filing)
        as because,
    []::varchar[] as missing
from other_names
