-- Is it the same license code? 15 CFR 30.6(a)(23). Of filing lines that go together one may hold it.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('The shipment record says license code ', license_code, ', AES holds ', filed_license_code, in_filing)
        as because,
    []::varchar[] as missing
from pairs
where not coalesce(list_contains(filed_codes, license_code), false)
