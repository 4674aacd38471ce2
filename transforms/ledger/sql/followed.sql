-- How does each finding stand after this screening of which anything is new? One row per finding.
select
    c.finding_id, c.source, c.shipment_id, c.line_number, c.rule_id, c.rule_kind, c.export_on, c.outcome, c.rule_from,
    c.missing, c.situation_id, if(c.is_found, c.answer, c.answer_before) as answer,
    if(c.is_found, c.rules, c.rules_before) as rules, if(c.is_found, c.line_batch, c.line_batch_before) as line_batch,
    if(c.is_found, c.compared_hash, c.compared_before) as compared_hash,
    coalesce(n.state, c.state_before) as state,
    if(n.state is not null and n.state is distinct from c.state_before, $as_of::date, c.since) as since,
    case
        when n.event in ('closed', 'gone') then 'record'
        when n.event = 'new' and n.state = 'closed' then 'decision'
        when n.state = 'open' then null
        else c.closed_by
    end as closed_by,
    case
        when n.event in ('closed', 'gone', 'reopened') then null
        when n.event = 'new' and n.state = 'closed' then $entry
        else c.decided_in
    end as decided_in,
    coalesce(c.first_seen_on, $as_of::date) as first_seen_on, coalesce(c.first_run_id, $run_id) as first_run_id
from moved_findings as c
left join news as n using (finding_id)
