-- Which lines are in these parts, and which of them ended since their files were written? One row per version, as
-- the table of a home holds it. Of a version that ended, or that a later extract told again, files of ends say so.
with ends as (
    select identity_hash, batch_id, max(known_until) as ended_at, max(extracted_at) as told_at
    from read_parquet($closed::varchar[], hive_partitioning = false)
    group by identity_hash, batch_id
)

select
    (l.file_index << 40) + l.file_row_number as rowid,
    l.* exclude (file_index, file_row_number)
        replace (
            coalesce(l.known_until, e.ended_at) as known_until,
            coalesce(e.told_at, l.extracted_at) as extracted_at
        ),
    null::ubigint as context_key
from (
    select *, file_index
    from read_parquet($files::varchar[], file_row_number = true, hive_partitioning = false)
) as l
left join ends as e
    on e.identity_hash = l.identity_hash and e.batch_id = l.batch_id and l.known_until is null
