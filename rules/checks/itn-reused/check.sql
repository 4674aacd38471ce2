-- Was the ITN given for this shipment? One row per situation whose ITN stands on other lines that cannot be, or may not be,
-- of the same filing. 15 CFR 30.1(c): a shipment has one USPPI and one consignee in one country; 30.28: its parts may leave
-- the same port within 24 hours (vessel) or 7 days (air, truck, rail).
select
    situation_key,
    case when itn_use = 'may be split' then 'undetermined' else 'flagged' end as outcome,
    case itn_use
        when 'several parties' then 'the same ITN stands on lines to another consignee or destination, of another USPPI or '
            || 'from another port'
        when 'too far apart' then 'the same ITN stands on lines exported on other days, farther apart than a split shipment '
            || 'may be (15 CFR 30.28)'
        else 'the same ITN stands on lines exported on other days; whether that is one split shipment turns on the mode of '
            || 'transport and, by vessel, on the hour (15 CFR 30.28)'
    end as because,
    case when itn_use = 'may be split' then ['transport_mode'] else []::varchar[] end as missing
from subject
where itn_use <> ''
