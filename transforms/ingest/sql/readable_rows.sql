-- Which rows can be loaded? One row per readable row of the extract.
select * exclude (row_number, recorded, is_unread) from typed where not is_unread
