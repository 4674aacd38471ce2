-- Under which rules are findings new or reopened, the first ones first? One row per rule.
select
    rule_id, bool_or(is_urgent) as is_urgent,
    count(*) filter (outcome = 'flagged') as flagged,
    count(*) filter (outcome = 'undetermined') as undetermined,
    count(distinct (source, shipment_id, line_number)) as line_count,
    sum(value_usd) as value_usd, arg_min(remedy, place) as remedy
from ranked_findings
where is_news
group by rule_id
order by min(place)
