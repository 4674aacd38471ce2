-- What does each law say of each control situation? The rows of `verdicts`, once per law that has the version, under
-- the key of the control situation in that law.
select v.* replace (row_number() over () as verdict_key, hash(v.control_key, l.variant) as control_key)
from verdicts as v
join variant_laws as l using (law_key)
where v.control_key in (
    select unnest([s.control_key, s.consignee_control_key, s.end_user_control_key])
    from keyed_subjects as s
    semi join spread using (situation_key)
)
