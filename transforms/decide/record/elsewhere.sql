-- What would the controls say if the destination were the country in which a party is? One row per situation, country,
-- control and stretch of days.
with parties as (
    select situation_key, consignee_elsewhere as country, consignee_control_key as control_key
    from keyed_subjects
    where consignee_elsewhere <> ''
    union
    select situation_key, end_user_elsewhere, end_user_control_key from keyed_subjects where end_user_elsewhere <> ''
)

select p.situation_key, p.country, r.rule_id, v.outcome, v.from_on, v.until_on
from parties as p
join control_verdicts as v on v.subject_key = p.control_key
join rule_versions as r on r.law_key = v.rule_key
