-- Does the ECCN in AES differ from the shipment record? AES records five characters only; one of several filing lines
-- for the shipment line may show it.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('Shipment record shows ECCN ', eccn, '; AES filing shows ', left(filed_eccn, 5), in_filing) as because,
    []::varchar[] as missing
from pairs
where regexp_full_match(eccn, 'EAR99|[0-9][A-E][0-9]{3}(\..*)?')
    and not coalesce(list_contains(filed_eccns, left(eccn, 5)), false)
