-- What is recorded of the lines of which something is asked again? One row per line, with what is.
select l.*, t.is_of_day, t.is_of_itn, t.is_of_order, l.batch_id > $since as has_come
from touches as t
join fetched_lines as l using (line_id)
