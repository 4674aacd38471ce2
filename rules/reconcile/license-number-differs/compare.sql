-- Does the license number or symbol in AES differ from the shipment record, however it is written? 15 CFR 30.6(b)(5).
-- One of several filing lines for the shipment line may show it.
with numbers as (
    select
        *, regexp_replace(upper(license_number), '[^A-Z0-9]', '', 'g') as folded_number,
        regexp_replace(upper(filed_license_number), '[^A-Z0-9]', '', 'g') as filed_folded_number
    from pairs
)

select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat(
        'Shipment record shows license number ', license_number, '; AES filing shows ', filed_license_number, in_filing
    ) as because,
    []::varchar[] as missing
from numbers
where folded_number <> filed_folded_number and folded_number <> '' and filed_folded_number <> ''
    and not coalesce(list_contains(filed_numbers, license_number), false)
