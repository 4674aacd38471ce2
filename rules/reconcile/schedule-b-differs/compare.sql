-- Does the Schedule B number in AES differ from the shipment record, by its ten digits? 15 CFR 30.6(a)(12). A check
-- letter does not count.
with numbers as (
    select
        *, left(regexp_replace(schedule_b, '\D', '', 'g'), 10) as digits,
        left(regexp_replace(filed_schedule_b, '\D', '', 'g'), 10) as filed_digits
    from pairs
)

select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('Shipment record shows Schedule B number ', schedule_b, '; AES filing shows ', filed_schedule_b, in_filing)
        as because,
    []::varchar[] as missing
from numbers
where digits <> filed_digits and digits <> '' and filed_digits <> ''
