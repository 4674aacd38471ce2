-- Is each of these groups over the threshold of its day? One row per asked line of a whole group, if it is not under.
select
    a.line_id,
    case when s.known_usd > t.threshold_usd then 'over' else 'unknown' end as low_value,
    case
        when s.known_usd > t.threshold_usd then ''
        else concat_ws(' ',
            case when s.without_value > s.without_rate then 'value_usd' end,
            case when s.without_rate > 0 then 'currency' end
        )
    end as low_value_missing
from valued_lines as a
join value_sums as s on s.value_key = a.value_key
join value_thresholds as t on a.export_on between t.from_on and t.until_on
where s.known_usd > t.threshold_usd or s.without_value > 0
