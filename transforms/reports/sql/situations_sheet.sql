-- What has the company shipped, as the law sees it, most lines first? One row per situation. A fact that the record of
-- the line does not tell is not known; one that only other records add is left blank where they add nothing.
select
    situation_id, coalesce(eccn, 'not known') as eccn, coalesce(eccn_recorded, 'not known') as eccn_recorded,
    coalesce(columns($recorded_facts::varchar[]), 'not known'), columns($added_facts::varchar[]),
    line_count as lines, value_usd, first_export_on, last_export_on
from read_parquet($folder || 'situations.parquet')
semi join shown_situations using (situation_id)
order by line_count desc, situation_id
