-- How many lines of the file that are not blank are the second or a later line of one row? One row, with one count per
-- column. Line ends in a row, blank lines between, count once.
-- The rejects of this reading are put aside: with ignore_errors, DuckDB 2.0 stops at a quotation mark out of place.
select
    sum(case
        when contains(columns(*), chr(10)) or contains(columns(*), chr(13))
            then len(regexp_extract_all(columns(*), '[\r\n]+'))
        else 0
    end)
from read_csv(
    $path, header = true, auto_detect = false, columns = $columns, delim = $delimiter, quote = $quote, escape = $quote,
    compression = 'none',
    store_rejects = true, rejects_limit = 0, rejects_table = 'same_errors', rejects_scan = 'same_scans'
)
