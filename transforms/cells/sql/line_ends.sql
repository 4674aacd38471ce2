-- How many lines of the file that are not blank are the second or a later line of one row? One row, with one count per
-- column. Line ends in a row, blank lines between, count once.
select
    sum(case
        when contains(columns(*), chr(10)) or contains(columns(*), chr(13))
            then len(regexp_extract_all(columns(*), '[\r\n]+'))
        else 0
    end)
from staged
