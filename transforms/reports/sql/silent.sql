-- Which lines lack what the law turns on? One row per source and field that some of its lines lack.
with lacking_fields as (
    select
        t.source, t.line_count, t.value_usd,
        unnest([
            struct_pack(what := 'ECCN', is_lacking := coalesce(s.eccn, '') = '' or (s.eccn <> 'EAR99'
                and not regexp_full_match(s.eccn, '[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*'))),
            struct_pack(what := 'destination', is_lacking := coalesce(s.destination, '') = ''),
            struct_pack(what := 'activity (export, reexport or transfer)', is_lacking := coalesce(s.activity, '') = ''),
            struct_pack(what := 'license code', is_lacking := coalesce(s.license_code, '') = '')
        ]) as field
    from tallies as t
    join subjects as s using (situation_key)
)

select
    source, field['what'] as what,
    sum(line_count) filter (field['is_lacking'])::bigint as lacking_count, sum(line_count)::bigint as line_count,
    sum(value_usd) filter (field['is_lacking']) as value_usd
from lacking_fields
group by source, what
having lacking_count > 0
order by source, what
