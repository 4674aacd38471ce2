-- What cannot be read, and why? One row per column and problem of the quarantined rows, with some of the values.
select
    p.problem.column_name as column_name, p.problem.code as code, any_value(p.problem.reason) as reason,
    count(distinct q.row_number) as row_count,
    list_slice(list_sort(list(distinct left(p.problem.recorded, 200))), 1, 3) as examples
from quarantine as q
cross join unnest(q.problems) as p(problem)
group by column_name, code
order by row_count desc, column_name, code
