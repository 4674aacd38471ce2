-- Does the destination in AES differ from the shipment record? 15 CFR 30.6(a)(5). Under a license exception AES may
-- show the country of the end user: this needs review. Countries that count as one are listed under `alike` in
-- rule.yml.
with places as (
    select
        *, coalesce(
            regexp_full_match(license_number, '[A-Z]{3}') and license_number <> 'NLR'
            and filed_destination = end_user_country, false
        ) as is_end_user_place
    from pairs as p
    where not exists (
        select 1 from alike as a
        where a.one = p.destination and a.other = p.filed_destination and p.export_on >= a.from_on
    )
)

select
    subject_key, if(is_end_user_place, 'undetermined', 'flagged') as outcome,
    if(is_end_user_place, 'end-user-country', 'differs') as answer,
    concat(
        'Shipment record shows destination ', destination, '; AES filing shows ', filed_destination,
        if(is_end_user_place, ', the country of the end user (license exception)', ''), in_filing
    ) as because,
    []::varchar[] as missing
from places
