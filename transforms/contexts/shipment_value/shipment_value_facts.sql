-- Is the value of its whole shipment over the threshold of the day, or not known? One row per line and fact; a line
-- without a row is under it, or is not asked. 15 CFR 30.37(a).
with values_told as (
    from whole_groups
    union all by name
    from groups_in_doubt
),

-- what is known to be over stays so, whatever a row in quarantine adds
told_beside_rows as (
    select
        coalesce(t.line_id, q.line_id) as line_id, coalesce(t.low_value, 'unknown') as low_value,
        case
            when t.low_value = 'over' then ''
            else concat_ws(' ', t.low_value_missing, case when q.line_id is not null then 'quarantined' end)
        end as low_value_missing
    from values_told as t
    full join lines_beside_rows as q using (line_id)
)

select line_id, 'low_value' as fact, low_value as value from told_beside_rows
union all
select line_id, 'low_value_missing', low_value_missing from told_beside_rows
