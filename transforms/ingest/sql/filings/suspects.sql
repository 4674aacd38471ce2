-- Which rows of the file may have to be set aside? One row per row whose line of a filing was not loaded, or is told in
-- two ways.
select *
from incoming
where hash(source, read_itn(itn), read_integer(line_number)) not in (
    select identity_hash from filings where batch_id = $batch_id
)
    or hash(source, read_itn(itn), read_integer(line_number)) in (select identity_hash from repeats where is_conflict)
