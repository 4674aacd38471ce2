-- What has the company shipped, as the law sees it, most lines first? One row per situation. A fact that only other
-- records add is left blank where they add nothing.
select
    situation_id, coalesce(eccn, 'not known') as eccn, coalesce(eccn_recorded, 'not known') as eccn_recorded,
    coalesce(destination, 'not known') as destination, coalesce(activity, 'not known') as activity,
    coalesce(form, 'not known') as form, coalesce(license_code, 'not known') as license_code,
    coalesce(license_number_form, 'not known') as license_number,
    coalesce(exception_paragraph, 'not known') as exception_paragraph,
    coalesce(itn_form, 'not known') as itn, itn_timing, coalesce(exemption, 'not known') as exemption,
    coalesce(filing_option, 'not known') as filing_option, coalesce(hs6, 'not known') as hs6, via_country,
    consignee_elsewhere, end_user_elsewhere, low_value, item_eccn, item_says, signal, itn_use, aes_state,
    line_count as lines, value_usd, first_export_on, last_export_on
from read_parquet($folder || 'situations.parquet')
order by line_count desc, situation_id
limit 1000000
