-- Which versions of lines are known? One row per line, as known at the moment asked for.
select rowid as line_row, *
from lines
where known_from <= getvariable('known_at') and (known_until is null or known_until > getvariable('known_at'))
