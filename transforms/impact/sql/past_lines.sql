-- Which lines are of the period, and in which situation is each? One row per line: all that most questions need to know of
-- most lines.
select line_row, situation_key, export_on
from placed_lines
where export_on between $first_day and $last_day
