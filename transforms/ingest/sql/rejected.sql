-- Which lines of the file are no rows at all? One row per such line: too few or too many columns, an open quotation
-- mark, bytes that are no text.
select
    line - 1 as row_number,
    list(struct_pack(
        column_name := coalesce(column_name, ''), recorded := '',
        reason := 'not a row of this file: ' || lower(replace(error_type::varchar, '_', ' '))
    )) as problems,
    coalesce(any_value(csv_line), '') as recorded
from reject_errors
group by line
