-- Of which facts are the situations made in which findings stand, that the ledger does not know yet? One row each.
select situation_id, struct_pack(*columns(* exclude (situation_key, situation_id)))::map(varchar, varchar) as facts
from subjects
where
    situation_id in (select situation_id from findings union select situation_id from lost)
    and situation_id not in (select situation_id from ledger_situations)
