-- When? One row per month with a line that turns, over all rules asked about.
select
    strftime(l.export_on, '%Y-%m') as month,
    count(*) filter (a.certainty = 'certain') as lines_certain,
    count(*) filter (a.certainty = 'possible') as lines_possible,
    coalesce(sum(l.value_usd) filter (a.certainty = 'certain'), 0)::double as value_usd_certain,
    coalesce(sum(l.value_usd) filter (a.certainty = 'possible'), 0)::double as value_usd_possible
from question_lines as a
join reached_lines as l using (line_id)
where a.question = 'all'
group by month
order by month
