-- Does the ECCN on the shipment differ from the item master? One row per situation in which it does, or cannot be
-- compared. AES records five characters only (AESTIR Appendix F): ECCNs that differ by omitted paragraphs agree.
select
    situation_key,
    case when item_eccn = 'several' or not is_eccn then 'undetermined' else 'flagged' end as outcome,
    case
        when item_eccn = 'several' then 'the item master has more than one ECCN for the part on that date'
            || case when is_eccn then '; the shipment record shows ' || eccn_recorded else '' end
        when not is_eccn then 'the item master shows ECCN ' || item_eccn || '; the ECCN on the shipment record, '
            || eccn_recorded || ', is not in the required format'
        else 'the shipment record shows ECCN ' || eccn_recorded || '; the item master shows ' || item_eccn
    end as because,
    named([case when item_eccn <> 'several' and not is_eccn then 'eccn' end]) as missing
from subject
where item_eccn = 'several'
    or (item_eccn <> '' and eccn_recorded <> '' and eccn_recorded <> item_eccn
        and not starts_with(eccn_recorded, item_eccn || '.') and not starts_with(item_eccn, eccn_recorded || '.'))
