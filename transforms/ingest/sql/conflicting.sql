-- Which rows of one file tell two different things of one line? One row per such row; none of them is loaded.
-- The row's number in the file is its place among the loaded rows, moved on by the rows set aside before it.
with loaded as (
    select l.*, l.rowid - (select min(rowid) from lines where batch_id = $batch_id) + 1 as place
    from lines as l
    join repeats as r on r.identity_hash = l.identity_hash and r.is_conflict
    where l.batch_id = $batch_id
),

before as (
    select row_number - row_number() over (order by row_number) + 1 as before_place
    from quarantine
    where batch_id = $batch_id
)

select
    place + (select count(*) from before where before_place <= place) as row_number,
    [struct_pack(
        column_name := 'line_number', recorded := shipment_id || ' line ' || line_number,
        reason := 'two different rows for this line in one file: decide which one holds'
    )] as problems,
    to_json(l)::varchar as recorded
from loaded as l
