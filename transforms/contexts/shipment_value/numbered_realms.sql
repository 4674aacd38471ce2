-- In which homes is the USPPI of some line known by its number? One row per realm.
with named_usppis as (
    select distinct realm, usppi_id from current_lines
)

select distinct realm
from named_usppis
where usppi_number_of(usppi_id) is not null
