-- Is it the same entry of the CCL? AES records five characters only; of filing lines that go together one may
-- hold it.
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('The shipment record says ECCN ', eccn, ', AES holds ', left(filed_eccn, 5), in_filing) as because,
    []::varchar[] as missing
from pairs
where regexp_full_match(eccn, 'EAR99|[0-9][A-E][0-9]{3}(\..*)?')
    and not coalesce(list_contains(filed_eccns, left(eccn, 5)), false)
