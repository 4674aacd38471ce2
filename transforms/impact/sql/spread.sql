-- Which situations may be judged otherwise by one of the laws? One row per situation and law, with a key of its own:
-- those in which a version asked about says anything, here or in the country of a party, and those that are asked about
-- anyway.
with named_situations as (
    select distinct subject_key from control_verdicts where list_contains($asked, rule_key)
)

select s.situation_key, v.variant, hash(s.situation_key, v.variant) as spread_key
from keyed_subjects as s
cross join variants as v
where s.control_key in (from named_situations) or s.consignee_control_key in (from named_situations)
    or s.end_user_control_key in (from named_situations)
    or s.situation_key in (select situation_key from moved)
