-- Which cells of the batch are filled with what their column does not hold? One row per column with such cells: those
-- on which the low-value test and the proof of filing turn (15 CFR 30.6(a)(11), (12) and (17); part 30, appendix B).
with batch_lines as (
    select schedule_b, origin_df, value_usd, itn, eei_exemption, export_on, usppi_id
    from lines
    where batch_id = $batch_id
),

numbers as (select schedule_b, count(*) as row_count from batch_lines where schedule_b <> '' group by schedule_b),

counts as (
    select 'schedule_b' as column_name, sum(row_count)::bigint as cells from numbers where not is_schedule_b(schedule_b)
    union all
    select 'origin_df', count(*) from batch_lines where origin_df not in ('', 'D', 'F')
    union all
    select 'value_usd', count(*) from batch_lines where value_usd <= 0
    union all
    select 'itn', count(*) from batch_lines
    where starts_with(itn, 'AES')
        and fault_of_citation(itn, is_citation(itn), export_on, usppi_number_of(usppi_id)) <> ''
    union all
    select 'eei_exemption', count(*) from batch_lines
    where starts_with(eei_exemption, 'AES') and fault_of_citation(
            eei_exemption, is_citation(eei_exemption), export_on, usppi_number_of(usppi_id)
        ) <> ''
)

select column_name, cells
from counts
where cells > 0
