-- Which lines and which filing lines stand for the same goods under one key? One row per group that both sides have.
-- First by Schedule B number and origin where both come to one value. Then what is left as a whole, where one line was
-- filed as several or several as one: its value agrees, but for a dollar a row or a tenth more in AES for freight, and
-- that of no part does better. Then by number and origin whatever the value, and by number alone; at last what is left
-- over, where one is left on each side, or one side has no number of the goods: none, or that of a repair.
with line_parts as (
    select
        line_id, source, match_key, schedule_b, dollars, concat_ws(' ', schedule_b, origin) as own_part,
        case when $told_by in ('whole', 'rest') then '' else schedule_b end as part,
        case when $told_by in ('value', 'number and origin') then origin else '' end as origin_part
    from line_members as l
    where ($told_by in ('whole', 'rest') or schedule_b <> '')
        and not exists (select 1 from filing_matches as m where m.line_id = l.line_id)
),

filing_parts as (
    select
        filing_id, source, match_key, schedule_b, place, dollars, concat_ws(' ', schedule_b, origin) as own_part,
        case when $told_by in ('whole', 'rest') then '' else schedule_b end as part,
        case when $told_by in ('value', 'number and origin') then origin else '' end as origin_part
    from filing_members as f
    where ($told_by in ('whole', 'rest') or schedule_b <> '')
        and not exists (select 1 from filing_matches as m where m.filing_id = f.filing_id and m.source = f.source)
),

line_groups as (
    select
        source, match_key, part, origin_part, count(*) as line_count, list(line_id) as line_ids,
        bool_and(schedule_b = '') as is_bare,
        case when count(dollars) = count(*) then sum(dollars) end as dollars,
        list(distinct own_part) as own_parts, list(struct_pack(part := own_part, dollars := dollars)) as own
    from line_parts
    group by source, match_key, part, origin_part
),

filing_groups as (
    select
        source, match_key, part, origin_part, count(*) as filing_count, list(filing_id order by place) as filing_ids,
        bool_and(schedule_b = '' or is_repair(schedule_b)) as is_bare,
        case when count(dollars) = count(*) then sum(dollars) end as dollars,
        list(distinct own_part) as own_parts,
        list(struct_pack(filing_id := filing_id, part := own_part, dollars := dollars) order by place) as own
    from filing_parts
    group by source, match_key, part, origin_part
),

joined_groups as (
    select
        l.source, l.line_count, f.filing_count, l.line_ids, f.filing_ids, l.is_bare or f.is_bare as is_bare,
        f.dollars - l.dollars as more, l.dollars as recorded,
        list_filter(l.own, lambda one: list_contains(f.own_parts, one.part)) as lines_shared,
        list_filter(f.own, lambda one: list_contains(l.own_parts, one.part)) as filings_shared,
        list_filter(f.own, lambda one: not list_contains(l.own_parts, one.part)) as filings_other
    from line_groups as l
    join filing_groups as f using (source, match_key, part, origin_part)
),

fitting_groups as (
    select
        source, line_count, filing_count, line_ids,
        -- lines are held against the first filing line: that of their own number and origin, where there is one
        if(
            $told_by = 'whole',
            list_transform(list_concat(filings_shared, filings_other), lambda one: one.filing_id), filing_ids
        ) as filing_ids
    from joined_groups
    where case $told_by
        when 'value' then abs(more) <= greatest(line_count, filing_count)
        when 'whole' then (line_count = 1) <> (filing_count = 1)
            and len(lines_shared) + len(filings_shared) < line_count + filing_count
            and (abs(more) <= greatest(line_count, filing_count) or (more > 0 and 10 * more <= recorded))
            and (
                len(filings_shared) = 0 or abs(more) < abs(
                    list_sum(list_transform(filings_shared, lambda one: one.dollars))
                    - list_sum(list_transform(lines_shared, lambda one: one.dollars))
                )
            )
        when 'rest' then is_bare or (line_count = 1 and filing_count = 1)
        else true
    end
)

select
    row_number() over () as group_number, source, line_count, filing_count, line_ids, filing_ids,
    filing_ids[1] as first_filing_id
from fitting_groups
