-- Which ITNs stand in rows of filings that are in quarantine at the moment asked for? One row per ITN: AES may hold it
-- whatever the rows that were loaded say. Where it could not be read by itself, it is looked for in the text.
with rows_aside as (
    select identity, concat_ws(' ', array_to_string(cells, ' '), recorded) as written
    from quarantine
    where kind = 'filings' and quarantined_at <= $moment and (settled_at is null or settled_at > $moment)
)

select identity[1] as itn from rows_aside where identity is not null
union
select unnest(regexp_extract_all(upper(written), 'X[0-9]{14}')) as itn from rows_aside where identity is null
