-- Where did the findings go? One row per destination, rule and outcome.
select
    nullif(f.destination, '') as destination, any_value(c.country) as country_name, f.rule_id, f.outcome,
    count(*) as line_count, sum(f.value_usd) as value_usd
from findings as f
left join country_titles as c on c.iso2 = f.destination
group by f.destination, f.rule_id, f.outcome
order by f.destination, f.rule_id, f.outcome
