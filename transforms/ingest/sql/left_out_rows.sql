-- Which rows of the file are no exports, as its layout says? One row per such row, with what its line is known by.
select
    t.row_number + coalesce(s.skipped_rows, 0) as row_number,
    t.recorded.left_out.reason as reason,
    t.recorded.left_out.heading as heading,
    t.recorded.left_out.recorded as recorded,
    t.recorded.left_out.note as note,
    t.recorded.cells as cells,
    case
        when t.shipment_id <> '' and t.line_number is not null then [t.shipment_id, t.line_number::varchar]
    end as identity
from typed as t
asof left join skipped as s on s.place <= t.row_number
