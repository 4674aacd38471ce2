-- Does the origin in AES, domestic or foreign, differ from the shipment record? 15 CFR 30.6(a)(11). Where AES has the
-- goods under both, it is left open which part is which.
select
    subject_key, if(is_other, 'flagged', 'undetermined') as outcome, if(is_other, 'differs', 'split') as answer,
    concat(
        'Shipment record shows origin ', origin_df, in_lines, '; AES filing shows ',
        if(is_other, filed_origin_df, array_to_string(filed_origins, ', ')), in_filing
    ) as because,
    []::varchar[] as missing
from (select *, origin_df <> filed_origin_df and origin_df <> '' and filed_origin_df <> '' as is_other from pairs)
where is_other or (is_first and len(filed_origins) > 1)
