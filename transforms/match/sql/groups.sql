-- Which lines and which filing lines stand for the same goods under one key? One row per group that both sides have.
-- First by Schedule B number and origin, then by number alone; at last what is left over, where one is left on each
-- side or one side records no Schedule B number.
with line_parts as (
    select
        line_id, source, match_key, schedule_b,
        case when $told_by = 'rest' then '' else schedule_b end as part,
        case when $told_by = 'number and origin' then origin else '' end as origin_part
    from line_members as l
    where ($told_by = 'rest' or schedule_b <> '')
        and not exists (select 1 from filing_matches as m where m.line_id = l.line_id)
),

filing_parts as (
    select
        filing_id, source, match_key, schedule_b, place,
        case when $told_by = 'rest' then '' else schedule_b end as part,
        case when $told_by = 'number and origin' then origin else '' end as origin_part
    from filing_members as f
    where ($told_by = 'rest' or schedule_b <> '')
        and not exists (select 1 from filing_matches as m where m.filing_id = f.filing_id and m.source = f.source)
),

line_groups as (
    select
        source, match_key, part, origin_part, count(*) as line_count, list(line_id) as line_ids,
        bool_and(schedule_b = '') as is_bare
    from line_parts
    group by source, match_key, part, origin_part
),

filing_groups as (
    select
        source, match_key, part, origin_part, count(*) as filing_count, list(filing_id order by place) as filing_ids,
        bool_and(schedule_b = '') as is_bare
    from filing_parts
    group by source, match_key, part, origin_part
)

select
    row_number() over () as group_number, l.source, l.line_count, f.filing_count, l.line_ids, f.filing_ids,
    f.filing_ids[1] as first_filing_id
from line_groups as l
join filing_groups as f using (source, match_key, part, origin_part)
where $told_by <> 'rest' or l.is_bare or f.is_bare or (l.line_count = 1 and f.filing_count = 1)
