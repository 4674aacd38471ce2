-- Who, what and where most? One row per consignee, part or destination: the twenty with the most lines of each.
with named_parties as (
    select a.certainty, l.value_usd, unnest([
        struct_pack(kind := 'consignees', name := l.consignee_name),
        struct_pack(kind := 'parts', name := l.part_number),
        struct_pack(kind := 'destinations', name := l.destination)
    ], recursive := true)
    from question_lines as a
    join reached_lines as l using (line_id)
    where a.question = 'all'
),

counted_names as (
    select
        kind, upper(trim(coalesce(name, ''))) as folded, coalesce(min(name), '') as name,
        count(*) filter (certainty = 'certain') as lines_certain,
        count(*) filter (certainty = 'possible') as lines_possible,
        coalesce(sum(value_usd) filter (certainty = 'certain'), 0)::double as value_usd_certain,
        coalesce(sum(value_usd) filter (certainty = 'possible'), 0)::double as value_usd_possible
    from named_parties
    group by kind, folded
)

select * exclude (folded)
from counted_names
qualify row_number() over (partition by kind order by lines_certain desc, lines_possible desc, folded) <= 20
order by kind, lines_certain desc, lines_possible desc, name
