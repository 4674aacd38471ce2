-- Is it the same quantity? 15 CFR 30.6(a)(15): AES takes whole units, from .5 up, at least 1; each line of AES beyond
-- the first may have rounded one. X is the unit of what has none; numbers in other units say nothing of each other.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat(
        'The shipment record says ', rtrim(rtrim(recorded_quantity::varchar, '0'), '.'), ' ', unit, in_lines,
        ', AES holds ', rtrim(rtrim(filed_quantity::varchar, '0'), '.'), ' ', filed_unit, in_filing
    ) as because,
    []::varchar[] as missing
from pairs
where unit = filed_unit and unit not in ('', 'X')
    and abs(greatest(1, floor(recorded_quantity + 0.5)) - filed_quantity) > filing_count - 1
