-- In which homes is the USPPI of some line known by its number? One row per realm.
select distinct realm
from current_lines
where usppi_number_of(usppi_id) is not null
