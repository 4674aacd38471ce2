-- What was set aside, why, and what became of it? One row per file, problem and way in which rows of it were settled.
-- A row with several problems counts under each.
with told_problems as (
    select
        q.source, q.kind, q.file_name, q.quarantine_id, q.first_at, q.settled_at, q.settled_how,
        unnest(q.problems) as p
    from quarantine as q
    where $source::varchar is null or q.source = $source
)

select
    file_name, source, kind, concat_ws(': ', nullif(p['column_name'], ''), p['reason']) as problem,
    count(distinct quarantine_id) as rows, min(first_at) as first_at, settled_at is null as is_open, settled_how
from told_problems
group by file_name, source, kind, problem, is_open, settled_how
order by is_open desc, min(first_at), file_name, rows desc, problem, settled_how
