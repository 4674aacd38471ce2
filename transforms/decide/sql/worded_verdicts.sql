-- What is said, in words, by each verdict that was reached? One row per verdict and rule version that shares it.
select
    v.* replace (
        coalesce(v.rule_from, r.rule_from) as rule_from,
        coalesce(v.severity, r.severity) as severity,
        list_concat(coalesce(v.authority, []), r.authority) as authority,
        coalesce(v.remedy, r.remedy) as remedy
    ),
    r.version_key, r.rule_id, r.rule_kind
from verdicts as v
join family_rules as r using (family, rule_key)
