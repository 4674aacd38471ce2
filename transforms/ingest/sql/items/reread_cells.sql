-- How many ECCNs of the item master were read otherwise than they stand? One row, if any.
select 'eccn' as column_name, count(*) as cells
from incoming
where is_eccn_reread(read_eccn(eccn, true), eccn)
having count(*) > 0
