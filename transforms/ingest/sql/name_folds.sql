-- Which names do the rows have, and what is each by its letters and digits? One row per name; `folded` is NULL where it
-- tells nothing.
with names as (
    select usppi_name as name from incoming
    union
    select consignee_name from incoming
    union
    select conveyance from incoming
)

select name, readable_name(name) as folded from names where name <> ''
