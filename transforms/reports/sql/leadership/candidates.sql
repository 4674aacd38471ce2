-- Which findings does the last decision call candidates for disclosure, by the quarter in which it was made? One row
-- per quarter of a year and rule; whatever the day of export.
with last_words as (
    select
        d.finding_id, arg_max(d.status, d.entry) as status, arg_max(d.decided_at, d.entry) as decided_at
    from dispositions as d
    where d.finding_id is not null and d.entry <= $entry
    group by d.finding_id
)

select
    year(w.decided_at) || ' Q' || quarter(w.decided_at) as quarter, l.rule_id, count(*) as finding_count,
    min(l.export_on) as first_on, max(l.export_on) as last_on
from last_words as w
join ledger as l using (finding_id)
where w.status = 'disclosure-candidate' and w.decided_at::date <= $last
group by all
order by all
