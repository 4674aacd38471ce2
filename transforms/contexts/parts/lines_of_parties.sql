-- Who are the parties of the lines of all parts? One row per party, in the columns of a line that is sent to it.
select distinct
    name as consignee_name, country as consignee_country, address as consignee_address, null::varchar as end_user_name,
    null::varchar as end_user_country, null::varchar as end_user_address,
    null::varchar as intermediate_consignee_name, null::varchar as intermediate_country,
    null::varchar as purchaser_name, null::varchar as purchaser_country, null::varchar as usppi_name,
    null::varchar as forwarder_name
from read_parquet($files::varchar[], hive_partitioning = false)
