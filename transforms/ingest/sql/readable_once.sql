-- Which rows can be loaded at once? One row per readable row of the extract whose record no other row of it tells, with
-- the moment at which we learned of it.
select * exclude (row_number, recorded, is_unread), $known_from::timestamp as known_from
from typed
where not is_unread and row_number not in (select row_number from told_again)
