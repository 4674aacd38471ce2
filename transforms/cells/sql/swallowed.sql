-- Did a quotation mark that is never closed swallow rows? The first such place, with how many lines went with it.
-- A text that is too long and runs over several lines is the same thing.
select
    line,
    left(regexp_extract(trim(csv_line, chr(10) || chr(13)), '^[^\r\n]*'), 60) as began,
    len(regexp_extract_all(trim(csv_line, chr(10) || chr(13)), '\r\n|\r|\n')) as ends
from reject_errors
where error_type in ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM')
    and regexp_matches(trim(csv_line, chr(10) || chr(13)), '[\r\n]')
order by line
limit 1
