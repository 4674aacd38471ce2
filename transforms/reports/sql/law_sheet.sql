-- What does the law say of each situation, and from when until when? One row per situation, rule and stretch of days.
select
    s.eccn, s.destination, s.activity, s.license_code, s.license_number_form as license_number, s.line_count as lines,
    s.first_export_on, s.last_export_on, d.rule_id, d.outcome,
    case when d.from_on > date '0001-01-01' then d.from_on end as law_from,
    case when d.until_on < date '9999-12-31' then d.until_on end as law_until,
    d.because, array_to_string(d.authority, '; ') as authority, d.situation_id
from read_parquet($folder || 'determinations.parquet') as d
join read_parquet($folder || 'situations.parquet') as s using (situation_id)
semi join shown_situations using (situation_id)
where not d.is_rolled_up
order by s.line_count desc, d.situation_id, d.rule_id, d.from_on
limit 1000000
