-- Which rows of the extract are shown? The first ones, as they came.
select *
from incoming
order by row_number
limit $most
