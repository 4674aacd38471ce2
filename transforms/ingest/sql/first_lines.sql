-- Which lines stand for the situations of all lines? The first line of each.
select * exclude (situation_key)
from lines
where rowid in (select min(rowid) from lines group by situation_key)
