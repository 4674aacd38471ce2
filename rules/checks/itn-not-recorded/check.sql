-- Does AES hold a filing whose ITN the shipment record lacks? One row per situation in which it does. 15 CFR 30.7.
select
    situation_key, 'flagged' as outcome,
    'AES holds the filing of this line; the shipment record has ' || case
        when itn_form in ('AESPOST', 'AESDOWN') or exemption in ('AESPOST', 'AESDOWN')
            then 'a post-departure or downtime citation in place of the ITN'
        when itn_form = 'malformed' then 'no ITN in the required format'
        when itn_form in ('distant', 'impossible') then 'an ITN whose date raises a question'
        when starts_with(exemption, '30.') then 'no ITN, and an exemption legend'
        else 'no ITN'
    end as because,
    named([]) as missing
from subject
where aes_state = 'held' and itn_form is not null
