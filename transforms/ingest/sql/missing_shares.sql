-- How much of what is known of its days does the extract not have? One row: records missing, the share of them, and the
-- largest share of a calendar month of ten records or more.
with known_months as (
    select coalesce(date_trunc('month', export_on)::date, date '0001-01-01') as month_on, count(*) as known
    from kept_records as k
    where k.source = $source and k.known_until is null and k.batch_id <> $batch_id
        and ($whole = 'history' or k.export_on between $first_on and $last_on)
        and ($whole <> 'month' or date_trunc('month', k.export_on)::date in (select from_on from whole_periods))
    group by month_on
),

missing_months as (
    select coalesce(date_trunc('month', export_on)::date, date '0001-01-01') as month_on, count(*) as missing
    from missing_records
    group by month_on
)

select
    coalesce(sum(missing), 0)::bigint as missing,
    coalesce(sum(missing) / sum(known), 0)::double as share,
    coalesce(max(missing / known) filter (known >= 10), 0)::double as month_share
from known_months
left join missing_months using (month_on)
