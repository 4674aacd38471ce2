-- Of which facts are the situations of two runs made, and in which of them do they stand? One row per situation.
with both_runs as (
    select true as is_before, * from read_parquet($before)
    union all by name
    select false as is_before, * from read_parquet($after)
)

select
    situation_id, bool_or(is_before) as stood_before, bool_or(not is_before) as stands_after,
    any_value(map_from_entries([
        ('eccn', eccn), ('eccn_recorded', eccn_recorded), ('item_eccn', item_eccn), ('item_says', item_says),
        ('signal', signal), ('destination', destination), ('activity', activity), ('form', form),
        ('license_code', license_code), ('license_number_form', license_number_form),
        ('exception_paragraph', exception_paragraph), ('itn_form', itn_form), ('itn_timing', itn_timing),
        ('exemption', exemption), ('filing_option', filing_option), ('hs6', hs6), ('via_country', via_country),
        ('consignee_elsewhere', consignee_elsewhere), ('end_user_elsewhere', end_user_elsewhere),
        ('low_value', low_value), ('itn_use', itn_use), ('aes_state', aes_state)
    ])) as facts
from both_runs
group by situation_id
