-- Which lines of filings are in these parts, and which of them ended since their files were written? One row per
-- version, as the table of a home holds it.
with ends as (
    select identity_hash, batch_id, max(known_until) as ended_at, max(extracted_at) as told_at
    from read_parquet($closed::varchar[], hive_partitioning = false)
    group by identity_hash, batch_id
)

select
    f.* replace (
        coalesce(f.known_until, e.ended_at) as known_until,
        coalesce(e.told_at, f.extracted_at) as extracted_at
    )
from read_parquet($files::varchar[], hive_partitioning = false) as f
left join ends as e
    on e.identity_hash = f.identity_hash and e.batch_id = f.batch_id and f.known_until is null
