-- How many lines of the file that are not blank are the second or a later line of one row? Line ends in a row, blank
-- lines between, count once.
-- The rejects of this reading are put aside: with ignore_errors, DuckDB 2.0 stops at a quotation mark out of place.
with values_read as (
    select unnest([*columns(*)]) as value
    from read_csv(
        $path, header = true, auto_detect = false, columns = $columns, delim = $delimiter, quote = $quote,
        escape = $quote, store_rejects = true, rejects_limit = 0, rejects_table = 'same_errors',
        rejects_scan = 'same_scans'
    )
    union all
    select trim(any_value(csv_line), chr(10) || chr(13)) from reject_errors group by line
    union all
    select $headings
)

select sum(len(regexp_extract_all(value, '[\r\n]+')))
from values_read
where regexp_matches(value, '[\r\n]')
