-- Is it the same license number or symbol, however it is written? 15 CFR 30.6(b)(5). Of filing lines that go
-- together one may hold it.
with numbers as (
    select
        *, regexp_replace(upper(license_number), '[^A-Z0-9]', '', 'g') as folded_number,
        regexp_replace(upper(filed_license_number), '[^A-Z0-9]', '', 'g') as filed_folded_number
    from pairs
)

select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('The shipment record says license number ', license_number, ', AES holds ', filed_license_number, in_filing)
        as because,
    []::varchar[] as missing
from numbers
where folded_number <> filed_folded_number and folded_number <> '' and filed_folded_number <> ''
    and not coalesce(list_contains(filed_numbers, license_number), false)
