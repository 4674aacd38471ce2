-- What else is in the order of each such line? One row per line that claims the exception and line of its order;
-- without an order number, of its shipment. Of what is in its shipment and has no order number, it is not known whether
-- it is of the order.
with members as (
    select o.line_id, o.entry, l.shipment_id, l.eccn, l.value_usd, l.value_recorded, l.source, true as is_of_order
    from ordered_lines as o
    join current_lines as l
        on l.realm = o.realm and l.source = o.source and l.order_number = o.order_number
    union all
    select o.line_id, o.entry, l.shipment_id, l.eccn, l.value_usd, l.value_recorded, l.source, o.order_number is null
    from ordered_lines as o
    join current_lines as l
        on l.realm = o.realm and l.source = o.source and l.shipment_id = o.shipment_id
    where o.order_number is null or is_nothing_said(l.order_number)
)

select
    m.line_id,
    -- a value of zero or less is none: what is free of charge has one
    case when m.value_usd > 0 then m.value_usd end as value_usd,
    m.value_usd is null and m.value_recorded is not null as is_without_rate,
    is_eccn(m.eccn) is not true or m.entry is null as is_entry_unread,
    is_entry_unread or left(m.eccn, 5) = m.entry as may_be_of_entry,
    m.is_of_order, q.shipment_id is not null as is_beside_row
from members as m
left join lines_aside as q on q.source = m.source and q.shipment_id = m.shipment_id
