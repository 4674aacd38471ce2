-- For which situations does a decision about one stand? One row per situation decided about and situation.
-- A version of Earshot that knows one fact more gives situations other names: those stand for it that are the same in
-- every fact that was known of it then.
with decided_situations as (
    select distinct situation_id as decided_situation_id from dispositions where finding_id is null
)

select decided_situation_id, decided_situation_id as situation_id from decided_situations
union all
select d.decided_situation_id, now.situation_id
from decided_situations as d
join ledger_situations as then_known on then_known.situation_id = d.decided_situation_id
join ledger_situations as now
    on cardinality(now.facts) > cardinality(then_known.facts)
    and len(list_filter(
        map_keys(then_known.facts), lambda name: now.facts[name] is distinct from then_known.facts[name]
    )) = 0
