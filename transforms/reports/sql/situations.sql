-- What has the company shipped, as the law sees it? One row per situation with lines.
select
    s.situation_id, s.eccn, s.destination, s.activity, s.license_code, s.license_number_form, s.exception_paragraph,
    sum(t.line_count)::bigint as line_count, sum(t.value_usd) as value_usd,
    min(t.first_export_on) as first_export_on, max(t.last_export_on) as last_export_on
from tallies as t
join situations as s using (situation_key)
group by all
order by s.situation_id
