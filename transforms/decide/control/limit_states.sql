-- Do the offers of an entry and 15 CFR 740.2(a) leave an exception open to what is claimed under it? One row per set of
-- limits, distinct ECCN, destination and value of the order under a claim of an exception, and stretch of days: open,
-- unknown or closed. An offer holds for its items and destinations, up to its amount for one order (15 CFR 740.3).
with asked as (
    select distinct s.eccn, s.destination, s.order_value
    from control_situations as s
    join claims as c
        on c.kind = 'exception'
        and c.license_code is not distinct from s.license_code
        and c.license_number_form is not distinct from s.license_number_form
        and c.exception_paragraph is not distinct from s.exception_paragraph
),

told_values as (
    select
        *,
        starts_with(order_value, 'shipment') as is_of_shipment,
        coalesce(try_cast(regexp_extract(order_value, ' (\d+)-', 1) as decimal(18, 4)), 0) as above_usd,
        try_cast(nullif(regexp_extract(order_value, '-(\d+)', 1), '') as decimal(18, 4)) as up_to_usd,
        list_filter(
            string_split(regexp_extract(order_value, ' without (.*)$', 1), ' '),
            lambda name: name not in ('', 'quarantined')
        ) as untold
    from asked
),

limits_in_reach as (
    select t.*, l.* exclude (item_key), i.state as item_state
    from told_values as t
    join item_states as i on i.eccn = t.eccn and i.state <> 'out'
    join exception_limits as l on l.item_key = i.item_key
),

cuts as (
    select limits_key, eccn, destination, order_value, date '0001-01-01' as cut_on from limits_in_reach
    union
    select l.limits_key, l.eccn, l.destination, l.order_value, d.from_on
    from limits_in_reach as l
    join place_states as d on d.place_key = l.place_key and d.destination is not distinct from l.destination
),

stretches as (
    select
        limits_key, eccn, destination, order_value, cut_on as from_on,
        coalesce(
            lead(cut_on) over (partition by limits_key, eccn, destination, order_value order by cut_on) - 1,
            date '9999-12-31'
        ) as until_on
    from cuts
),

weighed_limits as (
    select
        l.* exclude (place_key), s.from_on, s.until_on,
        case
            when l.place_key is not null and coalesce(d.state, 'out') = 'out' then 'out'
            when l.item_state = 'unknown' or (l.place_key is not null and d.state = 'unknown') then 'unknown'
            else 'in'
        end as reach,
        coalesce(l.above_usd >= l.well_over_usd, false) as is_over,
        l.limit_usd is null
            or coalesce(l.up_to_usd <= if(l.is_of_shipment, l.well_under_usd, l.limit_usd), false) as is_within,
        usd(l.limit_usd) || ' for one order of ECCN ' || l.scope as amount_words
    from stretches as s
    join limits_in_reach as l
        on l.limits_key = s.limits_key and l.eccn = s.eccn and l.destination is not distinct from s.destination
        and l.order_value = s.order_value
    left join place_states as d
        on d.place_key = l.place_key and d.destination is not distinct from l.destination
        and d.from_on <= s.from_on and d.until_on >= s.until_on
),

judged as (
    select
        limits_key, eccn, destination, order_value, from_on, until_on,
        any_value(is_of_shipment) as is_of_shipment, any_value(untold) as untold,
        any_value(above_usd) as above_usd, any_value(up_to_usd) as up_to_usd,
        bool_or(is_offer) as has_offers,
        bool_or(is_offer and reach <> 'out') as is_offered,
        bool_or(is_offer and reach <> 'out' and not is_over) as is_not_over,
        bool_or(is_offer and reach = 'in' and is_sure and is_within and not is_over) as is_open,
        bool_or(is_offer and reach = 'unknown') as is_item_open,
        bool_or(is_offer and reach <> 'out' and limit_usd is not null) as is_valued,
        bool_or(not is_offer and reach = 'in' and is_sure) as is_closed,
        bool_or(not is_offer and reach <> 'out') as may_be_closed,
        string_agg(distinct amount_words, ' or ' order by amount_words) filter (is_offer and reach <> 'out') as amounts,
        string_agg(distinct condition, '; ' order by condition) filter (is_offer and reach <> 'out' and not is_over)
            as conditions,
        string_agg(distinct scope, ', ' order by scope) filter (not is_offer and reach = 'in' and is_sure) as closed_by,
        array_to_string(list_sort(list(distinct scope || coalesce(': ' || condition, ''))
            filter (not is_offer and reach <> 'out' and not (reach = 'in' and is_sure))), '; ') as doubted_by
    from weighed_limits
    group by limits_key, eccn, destination, order_value, from_on, until_on
),

stated as (
    select
        *,
        case
            when is_closed or (has_offers and not is_not_over) then 'closed'
            when may_be_closed or (has_offers and not is_open) then 'unknown'
            else 'open'
        end as state,
        concat(
            if(is_of_shipment, 'no order number is recorded, and the items of this entry in the shipment are worth ',
                'the items of this entry in the order are worth '),
            case when above_usd > 0 or up_to_usd is null then 'more than ' || usd(above_usd) end,
            case when above_usd > 0 and up_to_usd is not null then ' and ' end,
            case when up_to_usd is not null then 'at most ' || usd(up_to_usd) end
        ) as worth
    from judged
)

select
    limits_key, eccn, destination, order_value, from_on, until_on, is_offered, state,
    case
        when is_closed then 'closed by ' || closed_by
        else concat_ws('; ',
            case when amounts is not null then 'its entry offers it up to ' || amounts end,
            case when is_valued then if(order_value = '', 'the value of the order is not known', worth) end,
            case when not is_open then 'a condition of the entry: ' || conditions end,
            case when may_be_closed then 'it may be closed by ' || doubted_by end
        )
    end as note,
    case when state <> 'unknown' then []
        else list_distinct(list_concat(
            case when is_item_open and not is_open then ['eccn'] else [] end,
            case when is_valued and not is_open then untold else [] end,
            case when is_valued and not is_open and is_of_shipment then ['order_number'] else [] end
        ))
    end as missing
from stated
