-- Was the line shipped under a filing that is canceled in AES? 15 CFR 30.6(a)(25).
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('Shipment record shows that this line was shipped; its filing, canceled in AES, is', in_filing)
        as because,
    []::varchar[] as missing
from pairs
