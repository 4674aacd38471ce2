-- How many of the unit that AES shows is one of the unit recorded? One row per two spellings of one measure; of units
-- without a common measure there is none.
select l.uom, f.uom as filed_uom, l.factor / f.factor as ratio
from unit_spellings as l
join unit_spellings as f on f.unit = l.unit
