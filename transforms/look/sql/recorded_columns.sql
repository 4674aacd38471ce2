-- Which of the columns that rules need does each line record? One row per combination, with its lines.
select coalesce(columns(*)::varchar <> '', false), count(*) as line_count
from looked_records
group by all
