-- Which rows of one file tell two different things of one line? One row per such row; none of them is loaded.
-- A row that cannot be read is set aside already, for its own problems.
with contrary_rows as (
    select
        cells, row_number, shipment_id, read_integer(line_number) as line_number,
        hash(source, shipment_id, read_integer(line_number)) as identity_hash
    from incoming
    where identity_hash in (select identity_hash from repeats where is_conflict)
),

placed_rows as (
    select contrary_rows.*, row_number + coalesce(skipped_rows, 0) as place_in_file
    from contrary_rows
    asof left join skipped on skipped.place <= contrary_rows.row_number
)

select
    place_in_file as row_number,
    [problem('line_number', shipment_id || ' line ' || line_number, 'two-rows')] as problems,
    cells, null::varchar as recorded, [shipment_id, line_number::varchar] as identity
from placed_rows
where place_in_file not in (select row_number from quarantine where batch_id = $batch_id)
