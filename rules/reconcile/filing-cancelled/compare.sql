-- Was the line shipped under a filing that is canceled in AES, or that AES did not accept? 15 CFR 30.6(a)(25) and 30.9.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat(
        'Shipment record shows that this line was shipped; its filing, ',
        if(is_cancelled, 'canceled in AES', 'not accepted by AES (status "' || filed_status || '")'), ', is', in_filing
    ) as because,
    []::varchar[] as missing
from pairs
