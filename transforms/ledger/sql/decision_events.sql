-- What does a decision make of each finding? One row per finding, with how it stood before.
select
    d.finding_id, l.rule_id, l.situation_id, l.outcome, d.status, d.reason, d.evidence, d.expires_on,
    case
        when d.status = 'reopen' then if(l.state = 'closed', 'reopened', 'withdrawn')
        when d.is_closing then 'closed'
        when l.state = 'closed' then 'reopened'
        else 'noted'
    end as event,
    if(d.is_closing, 'closed', 'open') as state,
    if(d.status = 'reopen', 'decision withdrawn', 'disposed') as cause,
    concat(d.status, ' until ' || d.expires_on::varchar, ': ', d.reason) as detail
from decided as d
join ledger as l using (finding_id)
