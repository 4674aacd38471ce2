-- Was the line shipped under a filing that AES holds as canceled? 15 CFR 30.6(a)(25).
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('The shipment record says that this line was shipped, AES holds its filing as canceled', in_filing)
        as because,
    []::varchar[] as missing
from pairs
