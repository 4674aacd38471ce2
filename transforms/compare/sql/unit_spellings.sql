-- Which unit does each spelling stand for, and how many of it? One row per spelling in lines and filings, as recorded.
-- A spelling that the rulebook does not have is a unit of its own.
with spellings as (
    select uom from current_lines where uom <> ''
    union
    select uom from current_filings where uom <> ''
)

select
    s.uom, upper(s.uom) as name, coalesce(u.unit, upper(s.uom)) as unit, coalesce(u.factor, 1) as factor
from spellings as s
left join units as u on u.spelling = regexp_replace(upper(s.uom), '[^\p{L}\p{N}]', '', 'g')
