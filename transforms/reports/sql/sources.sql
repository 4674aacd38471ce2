-- What did each source send, and which canonical columns does it not have? One row per source.
with absent_columns as (
    select
        source,
        list_sort(any_value(columns_absent order by coalesce(extracted_at, known_from) desc, sha256)) as columns_absent
    from batches
    where kind = 'lines' and known_from <= $moment
    group by source
)

select
    t.source, sum(t.line_count)::bigint as line_count, sum(t.value_usd) as value_usd,
    min(t.first_export_on) as first_export_on, max(t.last_export_on) as last_export_on,
    coalesce(any_value(a.columns_absent), []) as columns_absent
from tallies as t
left join absent_columns as a using (source)
group by t.source
order by t.source
