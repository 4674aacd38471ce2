-- Does the origin in AES, domestic or foreign, differ from the shipment record? 15 CFR 30.6(a)(11).
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('Shipment record shows origin ', origin_df, '; AES filing shows ', filed_origin_df, in_filing) as because,
    []::varchar[] as missing
from pairs
