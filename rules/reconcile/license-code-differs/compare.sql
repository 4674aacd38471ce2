-- Does the license code in AES differ from the shipment record? 15 CFR 30.6(a)(23). One of several filing lines for the
-- shipment line may show it.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('Shipment record shows license code ', license_code, '; AES filing shows ', filed_license_code, in_filing)
        as because,
    []::varchar[] as missing
from pairs
where not coalesce(list_contains(filed_codes, license_code), false)
