-- Is the same ITN recorded on another shipment? One row per situation whose ITN is on other lines that cannot be, or
-- may not be, of the same filing. 15 CFR 30.1(c): a shipment has one USPPI and one consignee in one country; 30.28: its
-- parts may leave the same port within some hours (vessel) or days (air, truck, rail), see
-- parameters/split-shipment-*.yml.
select
    situation_key,
    case when itn_use = 'may be split' then 'undetermined' else 'flagged' end as outcome,
    'the same ITN is recorded on lines ' || case itn_use
        when 'several parties' then 'to another consignee or destination, of another USPPI or from another port'
        when 'too far apart' then 'exported on other days, farther apart than a split shipment allows (15 CFR 30.28)'
        else 'exported on other days; whether they are one split shipment depends on the mode of transport and, by '
            || 'vessel, on the hour (15 CFR 30.28)'
    end as because,
    named([case when itn_use = 'may be split' then 'transport_mode' end]) as missing
from subject
where itn_use <> ''
