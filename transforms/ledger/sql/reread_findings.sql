-- On what did each finding of the last screening rest, read with the facts of today? One row per finding: the records
-- are those of then, so that what Earshot or the rulebook reads otherwise now is no change of a record.
select
    s.finding_id, s.line_batch, s.compared_hash,
    struct_pack(*columns(x.* exclude (situation_key, situation_id)))::map(varchar, varchar) as facts
from seen_records as s
left join subjects as x on x.situation_key = s.situation_key
