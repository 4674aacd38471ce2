-- Does the quantity in AES differ from the shipment record, in the unit of AES? 15 CFR 30.6(a)(15): AES accepts whole
-- units, rounded up from .5, at least 1; each AES line beyond the first may have rounded one. Without a unit, or a
-- common measure, it is left open. Where AES shows X, it asks for no quantity.
with measured as (
    select
        *, coalesce(unit, '') = '' or coalesce(filed_unit, '') = '' as is_unit_missing,
        quantity_in_filed_unit is null or filed_quantity is null as is_other_measure,
        abs(greatest(1, floor(quantity_in_filed_unit + 0.5)) - filed_quantity) > filing_count - 1 as is_other
    from pairs
    where filed_unit is distinct from 'X'
)

select
    subject_key, if(is_other_measure or is_unit_missing, 'undetermined', 'flagged') as outcome,
    case
        when is_other_measure then 'no-common-unit'
        when is_unit_missing then 'unit-missing'
        else 'differs'
    end as answer,
    concat(
        'Shipment record shows quantity ', if(
            recorded_quantity is null, 'in several units',
            concat_ws(' ', rtrim(rtrim(recorded_quantity::varchar, '0'), '.'), nullif(unit, ''))
        ), in_lines, '; AES filing shows ', if(
            filed_quantity is null, 'several units',
            concat_ws(' ', rtrim(rtrim(filed_quantity::varchar, '0'), '.'), nullif(filed_unit, ''))
        ),
        in_filing, case when is_other_measure then '; the units have no common measure' end
    ) as because,
    if(is_unit_missing and not is_other_measure, ['uom'], []) as missing,
    case when is_other_measure or is_unit_missing then 'low' end as severity
from measured
where is_other_measure or is_other
