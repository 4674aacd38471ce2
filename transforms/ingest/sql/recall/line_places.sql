-- Where in the table are the lines wanted? One row per line in `wanted_lines`.
-- Of a long history two narrow columns are read; the others then only where a line is wanted.
select w.line_id, l.rowid as place
from wanted_lines as w
join lines as l on id_of_version(l.identity_hash, l.batch_id) = w.line_id
