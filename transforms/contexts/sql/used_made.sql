-- What do other records add to the lines? One row per situation that is thus completed.
select distinct * exclude (line_id) from context_facts
