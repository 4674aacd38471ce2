-- How many lines of the file that are not blank are the second or a later line of one row? One row. Line ends in a row,
-- blank lines between, count once.
select sum(list_sum(list_transform(cells, lambda cell: len(regexp_extract_all(coalesce(cell, ''), '[\r\n]+')))))
from rows_over_lines
