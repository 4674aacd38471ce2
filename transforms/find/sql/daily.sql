-- How many lines left on each day, worth what, and how many of them name another country than their destination as that
-- of the intermediate consignee, or of any party? One row per source and day.
with line_days as (
    select
        source, export_on, value_usd,
        coalesce(intermediate_country <> '' and intermediate_country is distinct from destination, false) as is_via,
        is_via or coalesce(consignee_country <> '' and consignee_country is distinct from destination, false)
            or coalesce(end_user_country <> '' and end_user_country is distinct from destination, false) as is_elsewhere
    from counted_lines
)

select
    source, export_on, count(*) as line_count, sum(value_usd) as value_usd,
    count(*) filter (is_via) as via_count, sum(value_usd) filter (is_via) as via_value_usd,
    count(*) filter (is_elsewhere) as elsewhere_count, sum(value_usd) filter (is_elsewhere) as elsewhere_value_usd
from line_days
group by all
