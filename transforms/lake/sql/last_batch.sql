-- Up to where were numbers given to loaded files? One row.
select greatest(
    coalesce((select max(batch_id) from batches), 0),
    coalesce((select last_value from duckdb_sequences() where sequence_name = 'batch_ids'), 0)
) as last_batch
