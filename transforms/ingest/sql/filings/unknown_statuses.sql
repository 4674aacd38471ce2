-- Which status words does the rulebook not know, in how many rows of this batch? One row per word, most rows first.
select f.status, count(*) as row_count
from filings as f
join status_standings as s
    on s.status = f.status and coalesce(f.export_on, f.known_from::date) between s.from_on and s.until_on
where f.batch_id = $batch_id and s.standing = 'unknown'
group by f.status
order by row_count desc, f.status
limit 50
