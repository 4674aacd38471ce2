-- Which values load as they came, although they are not what their column holds? One row per column, with some of them:
-- 15 CFR 30.6(a)(11), (12) and (17), and the forms of an ECCN and an ITN.
with told_values as (
    select 'eccn' as column_name, eccn as told from lines where eccn <> '' and not is_eccn(eccn)
    union all
    select 'schedule_b', schedule_b from lines where schedule_b <> '' and not is_schedule_b(schedule_b)
    union all
    select 'origin_df', origin_df from lines where origin_df not in ('', 'D', 'F')
    union all
    select 'value_usd', value_usd::varchar from lines where value_usd <= 0
    union all
    select 'itn', itn from lines where itn <> '' and not regexp_full_match(itn, 'X[0-9]{14}|AES.*')
)

select
    column_name, count(*) as row_count,
    list_slice(list_sort(list(distinct left(told, 200))), 1, 3) as examples
from told_values
group by column_name
order by column_name
