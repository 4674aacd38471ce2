-- Which lines are known at the moment asked for, as recorded? One row per line: the version that was current then.
-- Lines of different realms never go together; all lines of a home are of one.
select
    * exclude (situation_key),
    id_of_version(identity_hash, batch_id) as line_id,
    situation_key as line_situation_key,
    case when $is_realm_per_source then hash(source) else 0::ubigint end as realm,
    xor(value_group, realm) as value_key
from lines
where known_from <= $moment and (known_until is null or known_until > $moment)
