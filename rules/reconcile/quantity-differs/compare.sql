-- Does the quantity in AES differ from the shipment record? 15 CFR 30.6(a)(15): AES accepts whole units, rounded up
-- from .5, at least 1; each AES line beyond the first may have rounded one. X is the unit of goods that have none;
-- quantities in different units are not compared.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat(
        'Shipment record shows quantity ', rtrim(rtrim(recorded_quantity::varchar, '0'), '.'), ' ', unit, in_lines,
        '; AES filing shows ', rtrim(rtrim(filed_quantity::varchar, '0'), '.'), ' ', filed_unit, in_filing
    ) as because,
    []::varchar[] as missing
from pairs
where unit = filed_unit and unit not in ('', 'X')
    and abs(greatest(1, floor(recorded_quantity + 0.5)) - filed_quantity) > filing_count - 1
