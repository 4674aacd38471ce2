-- What does `eei-filing` say of the lines of each month of the period? One row per month and answer: filed as required,
-- filed without a requirement found, not required, flagged, undetermined. A line that a savings clause saves is in
-- none. Months are counted by situation; only where a stretch of the law, or the period, begins or ends within the days
-- of a month are its lines looked at.
with answers as (
    select
        situation_key, from_on, until_on,
        case
            when outcome <> 'clear' then outcome
            when answer = 'filed-as-required' then 'filed as required'
            when answer = 'filed' then 'filed'
            else 'not required'
        end as answer
    from determinations
    where rule_id = 'eei-filing'
),

met_months as (
    select
        m.month, m.source, m.situation_key, m.line_count, a.answer,
        greatest(a.from_on, $first) as from_on, least(a.until_on, $last) as until_on,
        from_on <= m.first_export_on and until_on >= m.last_export_on as is_whole
    from monthly as m
    join answers as a
        on a.situation_key = m.situation_key
        and a.from_on <= m.last_export_on and a.until_on >= m.first_export_on
    where m.last_export_on >= $first and m.first_export_on <= $last
),

counted_answers as (
    select month, answer, sum(line_count) as line_count from met_months where is_whole group by all
    union all
    select m.month, m.answer, count(*) as line_count
    from met_months as m
    join placed_lines as l
        on l.situation_key = m.situation_key and l.source = m.source
        and l.export_on between m.from_on and m.until_on and date_trunc('month', l.export_on)::date = m.month
    where not m.is_whole
    group by all
)

select strftime(month, '%Y-%m') as month, answer, sum(line_count)::bigint as line_count
from counted_answers
group by all
order by all
