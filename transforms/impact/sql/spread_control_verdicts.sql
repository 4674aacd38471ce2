-- What does each law say of each control situation? The rows of `control_verdicts`, once per law that has the version,
-- under the key of the control situation in that law.
select v.* replace (hash(v.subject_key, l.variant) as subject_key)
from control_verdicts as v
join variant_laws as l on l.law_key = v.rule_key
where v.subject_key in (
    select unnest([s.control_key, s.consignee_control_key, s.end_user_control_key])
    from keyed_subjects as s
    semi join spread using (situation_key)
)
