-- Which parties of each line may be on a list, and what speaks for it? One row per line with such a party: the pairs of
-- party and entry as JSON, in order, so that two lines with the same pairs are in one situation.
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
)

select
    r.line_id, 'listed_parties' as fact,
    to_json(list({
        'role': r.role, 'party': m.name, 'party_country': m.country, 'party_address': m.address,
        'entry_id': m.entry_id, 'band': m.band, 'listed_name': m.listed_name, 'part': m.part, 'met': m.met,
        'unmet': m.unmet, 'extra': m.extra, 'country_state': m.country_state, 'address_state': m.address_state,
        'reason': m.reason, 'ruled': m.ruled
    } order by r.role, m.entry_id))::varchar as value
from hit_roles as r
join party_matches as m using (party_key)
group by r.line_id
