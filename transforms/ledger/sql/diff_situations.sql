-- Of which facts are the situations of two runs made, and in which of them do they stand? One row per situation. A fact
-- that the earlier version did not know is no fact of its run.
with facts_before as (
    select
        situation_id,
        struct_pack(*columns(
            * exclude (situation_id, line_count, value_usd, first_export_on, last_export_on, law)
        ))::map(varchar, varchar) as facts
    from read_parquet($before)
),

facts_after as (
    select
        situation_id,
        struct_pack(*columns(
            * exclude (situation_id, line_count, value_usd, first_export_on, last_export_on, law)
        ))::map(varchar, varchar) as facts
    from read_parquet($after)
),

both_runs as (
    select true as is_before, * from facts_before
    union all by name
    select false as is_before, * from facts_after
)

select
    situation_id, bool_or(is_before) as stood_before, bool_or(not is_before) as stands_after, any_value(facts) as facts
from both_runs
group by situation_id
