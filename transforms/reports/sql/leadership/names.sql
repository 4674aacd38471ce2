-- Whose lines need a person most often, and in how many months? One row per name of the kind asked for; names that
-- differ in case or space are one. A name that is not recorded has a row of its own.
with named_lines as (
    select
        *,
        case $kind
            when 'consignee' then consignee_name
            when 'intermediate' then intermediate_consignee_name
            else filer_id
        end as name,
        upper(regexp_replace(trim(coalesce(name, '')), '\s+', ' ', 'g')) as name_key
    from found_lines
    where is_line
)

select
    mode(trim(coalesce(name, '')) order by trim(coalesce(name, ''))) as name, count(*) as line_count,
    count(*) filter (is_flagged) as flagged,
    count(distinct (source, shipment_id)) as shipments, count(distinct date_trunc('month', export_on)) as months,
    min(export_on) as first_on, max(export_on) as last_on, sum(value_usd) as value_usd
from named_lines
group by name_key
order by name_key = '', line_count desc, name_key
