-- Which rows can be loaded? One row per readable row of the extract, with the moment at which we learned of it.
select * exclude (row_number, recorded, is_unread), $known_from::timestamp as known_from from typed where not is_unread
