-- How many cells of this reading were read otherwise than they stand? One row per column with any.
select substr(sequence_name, length('reread_') + 1) as column_name, last_value as cells
from duckdb_sequences()
where temporary and starts_with(sequence_name, 'reread_') and last_value is not null
order by column_name
