-- In which homes is the USPPI of some line known by its number? One row per realm.
select distinct realm_of(source) as realm
from lines
where usppi_id <> '' and known_from <= $known_at and (known_until is null or known_until > $known_at)
