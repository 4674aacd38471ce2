-- Does the ITN on the shipment differ from its AES filing? A line may be matched by shipment reference or invoice
-- number.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('Shipment record shows ITN ', itn, '; its AES filing is', in_filing) as because,
    []::varchar[] as missing
from pairs
