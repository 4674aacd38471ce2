-- What has the company shipped, as the law sees it, most lines first? One row per situation.
select
    situation_id, coalesce(eccn, 'not known') as eccn, coalesce(destination, 'not known') as destination,
    coalesce(activity, 'not known') as activity, coalesce(license_code, 'not known') as license_code,
    coalesce(license_number_form, 'not known') as license_number,
    coalesce(exception_paragraph, 'not known') as exception_paragraph,
    line_count as lines, value_usd, first_export_on, last_export_on
from read_parquet($folder || 'situations.parquet')
order by line_count desc, situation_id
limit 1000000
