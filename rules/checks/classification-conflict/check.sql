-- Do the line and the item master agree on the ECCN? One row per situation in which they do not, or cannot be compared.
-- AES records five characters only (AESTIR Appendix F): what differs by paragraphs left out agrees.
select
    situation_key,
    case when item_eccn = 'several' or not is_eccn then 'undetermined' else 'flagged' end as outcome,
    case
        when item_eccn = 'several' then 'the item master has records of several ECCNs for the part on that day'
            || case when is_eccn then '; the line says ' || eccn_recorded else '' end
        when not is_eccn then 'the item master says ' || item_eccn || ', and what the line has as ECCN, '
            || eccn_recorded || ', is none'
        else 'the line says ' || eccn_recorded || ', and the item master says ' || item_eccn
    end as because,
    named([case when item_eccn <> 'several' and not is_eccn then 'eccn' end]) as missing
from subject
where item_eccn = 'several'
    or (item_eccn <> '' and eccn_recorded <> '' and eccn_recorded <> item_eccn
        and not starts_with(eccn_recorded, item_eccn || '.') and not starts_with(item_eccn, eccn_recorded || '.'))
