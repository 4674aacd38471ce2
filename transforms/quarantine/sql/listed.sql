-- What was set aside, why, and what became of it? One row per file, column, code and way in which rows of it were
-- settled. A row with several problems counts under each; the reason is told as it was told last.
with told_problems as (
    select
        q.source, q.kind, q.file_name, q.quarantine_id, q.first_at, q.quarantined_at, q.settled_at, q.settled_how,
        unnest(q.problems) as p
    from quarantine as q
    where $source::varchar is null or q.source = $source
),

counted_problems as (
    select
        file_name, source, kind, p['column_name'] as column_name, p['code'] as code,
        first(p['reason'] order by quarantined_at desc, p['reason']) as reason,
        count(distinct quarantine_id) as rows, min(first_at) as first_at, settled_at is null as is_open, settled_how
    from told_problems
    group by file_name, source, kind, column_name, code, is_open, settled_how
)

select
    file_name, source, kind, concat_ws(': ', nullif(column_name, ''), reason) as problem, rows, first_at, is_open,
    settled_how, column_name, code
from counted_problems
order by is_open desc, first_at, file_name, rows desc, column_name, code, settled_how
