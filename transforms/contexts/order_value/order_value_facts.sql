-- What are the commodities of its entry worth in the order of each such line? One row per line: by what the order is
-- told, between which amounts the value lies, and which columns leave it open (`order 2950-3000`, or `shipment 450-
-- without value_usd`). The amounts are steps, of $50 to $10,000, so that few situations differ in them; the first is
-- less than the value, the second is not, and without it there is no upper bound.
with sums as (
    select
        line_id, bool_or(is_beside_row) as is_beside_row,
        coalesce(sum(value_usd) filter (is_of_order and may_be_of_entry and not is_entry_unread), 0) as least_usd,
        coalesce(sum(value_usd) filter (may_be_of_entry), 0) as most_usd,
        bool_or(may_be_of_entry and value_usd is null and not is_without_rate) as is_without_value,
        bool_or(may_be_of_entry and value_usd is null and is_without_rate) as is_without_rate,
        bool_or(is_entry_unread) as is_entry_unread,
        bool_or(may_be_of_entry and not is_of_order) as is_order_unread
    from order_members
    group by line_id
),

bounded as (
    select
        *,
        case
            when least_usd <= 10000 then greatest(ceil(least_usd / 50) - 1, 0) * 50
            when least_usd <= 100000 then (ceil(least_usd / 1000) - 1) * 1000
            else least((ceil(least_usd / 10000) - 1) * 10000, 1000000)
        end as above_usd,
        case
            when is_beside_row or is_without_value or is_without_rate or most_usd > 1000000 then null
            when most_usd <= 10000 then ceil(most_usd / 50) * 50
            when most_usd <= 100000 then ceil(most_usd / 1000) * 1000
            else ceil(most_usd / 10000) * 10000
        end as up_to_usd,
        concat_ws(' ',
            case when is_entry_unread then 'eccn' end,
            case when is_without_value then 'value_usd' end,
            case when is_without_rate then 'currency' end,
            case when is_order_unread then 'order_number' end,
            case when is_beside_row then 'quarantined' end
        ) as missing
    from sums
)

select
    o.line_id, 'order_value' as fact,
    concat(
        if(o.order_number is null, 'shipment ', 'order '), b.above_usd::bigint, '-', b.up_to_usd::bigint,
        case when b.missing <> '' then ' without ' || b.missing end
    ) as value
from ordered_lines as o
join bounded as b using (line_id)
