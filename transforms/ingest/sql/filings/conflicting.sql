-- Which rows of one file tell two different things of one line of a filing? One row per such row;
-- none of them is loaded.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    [problem('line_number', itn || ' line ' || line_number, 'two-rows')] as problems,
    recorded.cells as cells, null::varchar as recorded, [itn, line_number::varchar] as identity
from typed
asof left join skipped on skipped.place <= typed.row_number
where not is_unread
    and hash(source, itn, line_number) in (select identity_hash from repeats where is_conflict)
