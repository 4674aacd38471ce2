-- Which decisions stand for lines yet to come, and for which findings? One row per rule, situation and what the law
-- says: a standing decision holds for what the law says as it said it of a finding of the situation that is closed by
-- decision.
with decided_situations as (
    select
        d.rule_id, d.situation_id as decided_situation_id, x.situation_id, d.entry, d.status, d.expires_on,
        max(d.entry) over (partition by d.rule_id, x.situation_id) as last
    from dispositions as d
    join same_situations as x on x.decided_situation_id = d.situation_id
    where d.finding_id is null
),

standing_decisions as (
    select rule_id, decided_situation_id, situation_id, entry
    from decided_situations
    where entry = last and status <> 'reopen' and (expires_on is null or expires_on >= $as_of::date)
)

select
    s.rule_id, s.situation_id, s.entry, l.outcome, l.rule_from,
    -- of a finding of an earlier version the answer is not known
    bool_or(l.answer is null) as is_answer_unknown,
    list(distinct {'answer': l.answer, 'rules': l.rules}) filter (l.answer is not null) as answers
from standing_decisions as s
join same_situations as x on x.decided_situation_id = s.decided_situation_id
join ledger as l on l.rule_id = s.rule_id and l.situation_id = x.situation_id and l.closed_by = 'decision'
group by s.rule_id, s.situation_id, s.entry, l.outcome, l.rule_from
