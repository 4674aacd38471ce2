-- Which rows of one file tell two different things of one item record? One row per such row; none of them is loaded.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    [problem(
        'part_number', part_number || coalesce(' valid from ' || valid_from, ' without valid_from'), 'two-rows'
    )] as problems,
    recorded.cells as cells, null::varchar as recorded, [part_number, valid_from::varchar] as identity
from typed
asof left join skipped on skipped.place <= typed.row_number
where not is_unread
    and hash(source, part_number, valid_from) in (select identity_hash from repeats where is_conflict)
