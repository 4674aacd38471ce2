-- Which entries of the lists may the parties of each situation be? One row per situation, role, party and entry.
with paired as (
    select
        situation_key, eccn, destination, license_code, license_number_form, exception_paragraph,
        unnest(from_json(listed_parties, '[{"role": "VARCHAR", "party": "VARCHAR", "party_country": "VARCHAR",
            "party_address": "VARCHAR", "entry_id": "VARCHAR", "band": "VARCHAR", "listed_name": "VARCHAR",
            "part": "VARCHAR", "met": ["VARCHAR"], "unmet": ["VARCHAR"], "extra": ["VARCHAR"],
            "country_state": "VARCHAR", "address_state": "VARCHAR", "reason": "VARCHAR", "ruled": "VARCHAR"}]')) as pair
    from keyed_subjects
    where listed_parties <> ''
)

select * exclude (pair), unnest(pair)
from paired
where pair.entry_id <> ''
