-- Which new findings fall under a decision about their situation that was made to stand? One row per finding: the
-- decision, as it holds for it.
select
    $entry as entry, c.finding_id, c.rule_id, c.situation_id, d.status, d.reason, d.evidence, d.expires_on,
    d.decided_by, d.decided_at, c.outcome
from moved_findings as c
join dispositions as d
    on d.entry = c.standing_entry and d.finding_id is null and d.rule_id = c.rule_id
where c.event = 'new'
