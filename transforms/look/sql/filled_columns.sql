-- How full is each staged column, how many values has it, and which is one of them? One row; three columns for each.
select
    count(nullif(trim(columns(*)), '')) as "filled_\0",
    count(distinct nullif(trim(columns(*)), '')) as "distinct_\0",
    any_value(nullif(trim(columns(*)), '')) as "sample_\0"
from staged
