-- Which names of consignees and USPPIs do both sides write differently? One row per pair of names.
select distinct consignee_name as name, filed_consignee_name as filed_name
from differing_pairs
where list_contains(differs, 'consignee_name')
union
select distinct usppi_name, filed_usppi_name
from differing_pairs
where list_contains(differs, 'usppi_name')
order by name, filed_name
