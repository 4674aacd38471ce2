-- Are the goods of the same origin, domestic or foreign? 15 CFR 30.6(a)(11).
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('The shipment record says origin ', origin_df, ', AES holds ', filed_origin_df, in_filing) as because,
    []::varchar[] as missing
from pairs
