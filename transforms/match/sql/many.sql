-- Where a group has several of both, which are each other's? One row per pair. Told apart by value where all values are
-- found again, else by ECCN or by line number where those are; else the sums are compared, by ECCN where both sides
-- have the same ones. Within a sum every line is held against the first filing line, the first line against the others.
with grouped_lines as (
    select g.group_number, g.source, m.line_id, m.line_number, m.place, m.eccn, m.dollars
    from (
        select group_number, source, unnest(line_ids) as line_id from groups where line_count > 1 and filing_count > 1
    ) as g
    join line_members as m on m.line_id = g.line_id
),

grouped_filings as (
    select g.group_number, m.filing_id, m.line_number, m.place, m.eccn, m.dollars
    from (
        select group_number, source, unnest(filing_ids) as filing_id
        from groups where line_count > 1 and filing_count > 1
    ) as g
    join filing_members as m on m.filing_id = g.filing_id and m.source = g.source
),

line_lists as (
    select
        group_number, list(dollars order by dollars) as dollars, list(eccn order by eccn) as eccns,
        list(line_number order by line_number) as line_numbers
    from grouped_lines
    group by group_number
),

filing_lists as (
    select
        group_number, list(dollars order by dollars) as dollars, list(eccn order by eccn) as eccns,
        list(line_number order by line_number) as line_numbers
    from grouped_filings
    group by group_number
),

ways as (
    select
        group_number,
        case
            when l.dollars = f.dollars and not list_contains(list_transform(l.dollars, lambda d: d is null), true)
                then 'value'
            when l.eccns = f.eccns and len(list_distinct(l.eccns)) = len(l.eccns) then 'eccn'
            when l.line_numbers = f.line_numbers then 'line number'
            when list_sort(list_distinct(l.eccns)) = list_sort(list_distinct(f.eccns)) then 'sum by eccn'
            else 'sum'
        end as way
    from line_lists as l
    join filing_lists as f using (group_number)
),

line_shares as (
    select
        group_number, source, line_id, place,
        case way when 'sum' then '' when 'sum by eccn' then eccn else row_number() over (
            partition by group_number
            order by
                case when way = 'value' then dollars end, case when way in ('value', 'eccn') then eccn end,
                place
        )::varchar end as share
    from grouped_lines
    join ways using (group_number)
),

filing_shares as (
    select
        group_number, filing_id, place,
        case way when 'sum' then '' when 'sum by eccn' then eccn else row_number() over (
            partition by group_number
            order by
                case when way = 'value' then dollars end, case when way in ('value', 'eccn') then eccn end,
                line_number, place
        )::varchar end as share
    from grouped_filings
    join ways using (group_number)
),

line_firsts as (
    select group_number, source, share, count(*) as line_count, arg_min(line_id, place) as first_line_id
    from line_shares
    group by group_number, source, share
),

filing_firsts as (
    select group_number, share, count(*) as filing_count, arg_min(filing_id, place) as first_filing_id
    from filing_shares
    group by group_number, share
),

firsts as (
    select *, case when line_count + filing_count > 2 then first_filing_id end as group_id
    from line_firsts
    join filing_firsts using (group_number, share)
)

select line_id, first_filing_id as filing_id, $matched_by as matched_by, f.source, group_id
from firsts as f
join line_shares using (group_number, share)
union all
select first_line_id, filing_id, $matched_by, f.source, group_id
from firsts as f
join filing_shares as s using (group_number, share)
where s.filing_id <> f.first_filing_id
