-- Who are the parties of these lines? One row per name as recorded, country and address, whatever its role. The country
-- is the party's own, not the destination; the USPPI is in the United States.
with recorded_parties as (
    select consignee_name as name, consignee_country as country, consignee_address as address
    from party_lines
    group by all
    union
    select end_user_name, end_user_country, end_user_address from party_lines group by all
    union
    select intermediate_consignee_name, intermediate_country, '' from party_lines group by all
    union
    select purchaser_name, purchaser_country, '' from party_lines group by all
    union
    select usppi_name, 'US', '' from party_lines group by all
    union
    select forwarder_name, '', '' from party_lines group by all
),

parties as (
    select distinct name, coalesce(country, '') as country, coalesce(address, '') as address
    from recorded_parties
    where name <> ''
)

select hash(name, country, address) as party_key, name, country, address
from parties
