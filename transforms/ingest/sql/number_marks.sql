-- What do the numbers of the file tell of its decimal mark? One row per kind of number (`is_money`) of the first rows,
-- as many as `most`: how many cells can be read in two ways with a point and with a comma, and how many show the one
-- mark or the other.
with first_rows as (
    select list_value(*columns('value_usd|value_recorded')) as amounts, quantity
    from incoming
    limit $most
),

cells as (
    select true as is_money, plain_amount(unnest(amounts)) as cell from first_rows
    union all
    select false, plain_amount(quantity) from first_rows
)

select
    is_money,
    count(*) filter (regexp_full_match(cell, '-?\$?[1-9][0-9]{0,2}\.[0-9]{3}')) as either_point,
    count(*) filter (regexp_full_match(cell, '-?\$?[1-9][0-9]{0,2},[0-9]{3}')) as either_comma,
    count(*) filter (regexp_full_match(cell, $point)) as shows_point,
    count(*) filter (regexp_full_match(cell, $comma)) as shows_comma
from cells
where cell <> ''
group by is_money
