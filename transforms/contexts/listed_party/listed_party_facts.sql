-- Which parties of each line may be on a list, and what speaks for it? One row per line with such a party: the pairs of
-- party and entry as JSON, in order, so that two lines with the same pairs are in one situation. A party that the
-- record does not name stands there without an entry.
with hit_parties as (
    select distinct party_key, name, country, address from party_matches
),

-- few names are hits: each role is looked for by a join of its own, which most lines never pass
hit_roles as (
    select l.line_id, 'ultimate consignee' as role, p.party_key
    from own_lines as l
    join hit_parties as p
        on p.name = l.consignee_name and p.country = coalesce(l.consignee_country, '')
        and p.address = coalesce(l.consignee_address, '')
    union all
    select l.line_id, 'end user', p.party_key
    from own_lines as l
    join hit_parties as p
        on p.name = l.end_user_name and p.country = coalesce(l.end_user_country, '')
        and p.address = coalesce(l.end_user_address, '')
    union all
    select l.line_id, 'intermediate consignee', p.party_key
    from own_lines as l
    join hit_parties as p
        on p.name = l.intermediate_consignee_name and p.country = coalesce(l.intermediate_country, '')
        and p.address = ''
    union all
    select l.line_id, 'purchaser', p.party_key
    from own_lines as l
    join hit_parties as p
        on p.name = l.purchaser_name and p.country = coalesce(l.purchaser_country, '') and p.address = ''
    union all
    select l.line_id, 'USPPI', p.party_key
    from own_lines as l
    join hit_parties as p on p.name = l.usppi_name and p.country = 'US' and p.address = ''
    union all
    select l.line_id, 'forwarding agent', p.party_key
    from own_lines as l
    join hit_parties as p on p.name = l.forwarder_name and p.country = '' and p.address = ''
),

-- an ultimate consignee of whom the record has something, and no name
nameless as (
    select line_id, 'ultimate consignee' as role
    from own_lines
    where coalesce(consignee_name, '') = '' and concat(consignee_country, consignee_type, consignee_address) <> ''
),

pairs as (
    select
        r.line_id, r.role, m.name as party, m.country as party_country, m.address as party_address, m.entry_id, m.band,
        m.listed_name, m.part, m.met, m.unmet, m.extra, m.country_state, m.address_state, m.reason, m.ruled
    from hit_roles as r
    join party_matches as m using (party_key)
    union all by name
    select line_id, role, '' as party, '' as entry_id, 'no party named' as band
    from nameless
)

select
    line_id, 'listed_parties' as fact,
    to_json(list({
        'role': role, 'party': party, 'party_country': party_country, 'party_address': party_address,
        'entry_id': entry_id, 'band': band, 'listed_name': listed_name, 'part': part, 'met': met, 'unmet': unmet,
        'extra': extra, 'country_state': country_state, 'address_state': address_state, 'reason': reason, 'ruled': ruled
    } order by role, entry_id))::varchar as value
from pairs
group by line_id
