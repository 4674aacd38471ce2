-- Does the shipment record the ITN of its filing? A line may have been matched by reference or invoice number.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('The shipment record says ITN ', itn, ', AES holds it', in_filing) as because,
    []::varchar[] as missing
from pairs
