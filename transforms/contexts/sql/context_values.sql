-- What do other records add to each line? One row per line and fact; a line to which they add nothing has none.
select * from shipment_value_facts
union all by name
select * from itn_use_facts
union all by name
select * from item_record_facts
union all by name
select * from description_facts
union all by name
select * from aes_state_facts
union all by name
select * from carried_facts
