-- Which rows stand in quarantine, as they came? One row per open row, or per row that one batch set aside.
select
    q.batch_id, q.quarantine_id, q.file_name, q.row_number, q.problems, q.cells, q.recorded, q.source, q.kind, b.layout,
    b.headings, b.extracted_at, q.first_at
from quarantine as q
join batches as b using (batch_id)
where case when $batch_id::integer is null then q.settled_at is null else q.batch_id = $batch_id end
    and ($source::varchar is null or q.source = $source)
order by b.layout, b.headings, q.batch_id, q.row_number
