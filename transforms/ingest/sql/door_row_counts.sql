-- How many rows does this source usually send? One row: fewest, usual and most of the last batches; none before there
-- are enough. Days of few rows (a weekend) and of many are both usual, so the edges are asked for and not the middle
-- alone.
with last_batches as (
    select rows_in from batches where source = $source and kind = $kind order by batch_id desc limit $last
)

select quantile_cont(rows_in, 0.1), quantile_cont(rows_in, 0.5), quantile_cont(rows_in, 0.9)
from last_batches
having count(*) >= $enough
