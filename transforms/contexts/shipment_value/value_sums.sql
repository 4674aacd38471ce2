-- What are the groups worth that matter? One row per group of asked lines: all tangible export lines of one Schedule B
-- number and origin, of one USPPI to one consignee in one country, on one conveyance and day (15 CFR 30.37(a),
-- 30.1(c)), filed or not, in whichever shipment or invoice. A value of zero or less is none: what is free of charge has
-- one (15 CFR 30.6(a)(17)), and a credit takes nothing off. Without a rate: recorded in a currency that no exchange
-- rate of the day converts.
select
    value_key, coalesce(sum(value_usd) filter (value_usd > 0), 0) as known_usd,
    count(*) - count(*) filter (value_usd > 0) as without_value, count(*) as line_count,
    count(value_recorded) filter (value_usd is null) as without_rate
from value_lines
-- a group is of one day: of a late extract only those days are read
where export_on between $first_day and $last_day
    and value_key in (select value_key from valued_lines)
group by value_key
