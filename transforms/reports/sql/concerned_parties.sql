-- Whom do the new and reopened findings concern, the first ones first? One row per consignee, end user and destination.
select
    nullif(consignee_name, '') as consignee_name, nullif(end_user_name, '') as end_user_name,
    nullif(destination, '') as destination, any_value(country) as country, count(*) as finding_count
from ranked_findings
where is_news
group by all
order by min(place)
limit 5
