-- How many rows stand in quarantine for each kind of problem? One row per code; a row with several counts under each.
with open_problems as (
    select quarantine_id, unnest(problems) as p
    from quarantine
    where settled_at is null and ($source::varchar is null or source = $source)
)

select p['code'] as code, count(distinct quarantine_id) as rows
from open_problems
group by code
order by rows desc, code
