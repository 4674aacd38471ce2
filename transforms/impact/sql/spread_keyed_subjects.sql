-- What is the law asked about? One row per situation that may be judged otherwise and law, under the keys of
-- `spread.sql` and `spread_control_verdicts.sql`.
select
    s.* replace (
        d.spread_key as situation_key,
        hash(s.control_key, d.variant) as control_key,
        case when s.consignee_control_key is not null then hash(s.consignee_control_key, d.variant) end
            as consignee_control_key,
        case when s.end_user_control_key is not null then hash(s.end_user_control_key, d.variant) end
            as end_user_control_key
    )
from keyed_subjects as s
join spread as d using (situation_key)
