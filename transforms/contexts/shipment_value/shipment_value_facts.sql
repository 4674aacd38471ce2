-- Is the value of its whole shipment over the threshold of the day, or not known? One row per line and fact; a line
-- without a row is under it, or is not asked. 15 CFR 30.37(a).
with values_told as (
    from whole_groups
    union all by name
    from groups_in_doubt
)

select line_id, 'low_value' as fact, low_value as value from values_told
union all
select line_id, 'low_value_missing', low_value_missing from values_told
