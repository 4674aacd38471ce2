-- Which of the records that did not come may the rows of this extract be that went to quarantine and do not say which?
-- One row per row and first part of the identity of such a record that a cell names; one with NULL for a row that names
-- none.
with rows_aside as (
    select
        row_number,
        case
            when cells is not null then list_transform(cells, lambda cell: trim(cell))
            else list_transform(string_split_regex(recorded, '[,;|\t"\r\n]+'), lambda part: trim(part))
        end as names
    from quarantine
    where batch_id = $batch_id and settled_at is null
        and (identity is null or len(list_filter(identity, lambda one: one is null)) > 0)
),

named_rows as (
    select row_number, unnest(names) as named from rows_aside
),

known_names as (
    select distinct n.row_number, n.named
    from named_rows as n
    where n.named in (select identity[1] from not_come)
)

select r.row_number, k.named
from rows_aside as r
left join known_names as k using (row_number)
