-- How many lines left in each month of the period, worth what, and how many of them need a person? One row per month.
with sent_months as (
    select
        date_trunc('month', export_on)::date as month, sum(line_count)::bigint as line_count,
        sum(value_usd) as value_usd
    from daily
    where export_on between $first and $last
    group by all
),

judged_months as (
    select
        date_trunc('month', export_on)::date as month,
        count(*) filter (is_flagged) as flagged, count(*) filter (not is_flagged) as undetermined,
        sum(value_usd) filter (is_flagged) as flagged_value_usd,
        sum(value_usd) filter (not is_flagged) as undetermined_value_usd
    from found_lines
    where is_line
    group by all
)

select
    strftime(month, '%Y-%m') as month, line_count, value_usd, coalesce(flagged, 0) as flagged,
    coalesce(undetermined, 0) as undetermined, flagged_value_usd, undetermined_value_usd
from sent_months
left join judged_months using (month)
order by month
