-- Which tables does the database of the home have? One row per table.
select table_name
from duckdb_tables()
where not internal and not temporary and database_name = current_database()
order by table_name
