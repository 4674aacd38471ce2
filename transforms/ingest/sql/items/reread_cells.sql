-- How many ECCNs of the item master were read otherwise than they stand? One row, if any.
select 'eccn' as column_name, count(*) as cells
from incoming as i
join eccn_texts as t on t.told = i.eccn and is_eccn_reread(t.beside_nlr, t.told)
having count(*) > 0
