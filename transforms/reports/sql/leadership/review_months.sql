-- Which exports of the years that a review covers, before the day asked for, are in the history? One row per month of
-- them: 15 CFR 764.5(d)(3), `disclosure-review-years`.
with months as (
    select
        unnest(generate_series(date_trunc('month', $start::date), $as_of::timestamp, interval 1 month))::date as month
),

sent_months as (
    select
        date_trunc('month', export_on)::date as month, sum(line_count)::bigint as line_count,
        sum(value_usd) as value_usd
    from daily
    where export_on between $start and $as_of
    group by all
)

select strftime(month, '%Y-%m') as month, coalesce(line_count, 0) as line_count, value_usd
from months
left join sent_months using (month)
order by month
