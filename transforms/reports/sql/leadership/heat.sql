-- Where did which items go, on lines that need a person? One row per destination and entry of the Commerce Control
-- List.
select
    destination, eccn_entry, count(*) filter (is_flagged) as flagged, count(*) filter (not is_flagged) as undetermined,
    sum(value_usd) as value_usd
from found_lines
where is_line
group by all
order by count(*) desc, destination, eccn_entry
