-- What day do they say in their column? One row per text; NULL where it cannot be read.
select $column as column_name, told, read_date(told, $forms, $time_zone) as day from odd_texts
