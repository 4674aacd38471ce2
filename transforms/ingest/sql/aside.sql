-- Which rows of a file were set aside, and why? One row per such row of the file's latest loading.
select
    q.row_number,
    list_reduce(
        list_transform(q.problems, lambda p: concat_ws(': ', nullif(p['column_name'], ''), p['reason'])),
        lambda told, next: told || '; ' || next
    ) as problems,
    q.recorded
from quarantine as q
join batches as b using (batch_id)
where b.sha256 = $sha256
qualify b.batch_id = max(b.batch_id) over ()
