-- Which days of export does this extract speak of? One row per stretch of days: those of which it says that it has
-- every record; of an extract that says nothing of it, from its first day to its last.
with days as (
    select distinct export_on from kept_records where batch_id = $batch_id and export_on is not null
)

select distinct
    date_trunc('month', export_on)::date as from_on,
    (date_trunc('month', export_on) + interval 1 month - interval 1 day)::date as until_on
from days
where $whole = 'month'
union all
select min(export_on), max(export_on) from days where $whole in ('days', '') having count(*) > 0
union all
select date '0001-01-01', date '9999-12-31' where $whole = 'history'
