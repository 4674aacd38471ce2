-- Of which findings is something new: made now, not made any more, or made of other facts? One row per finding.
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
),

-- a standing decision holds for what the law says as it said it:
-- of a finding of the situation that is closed by decision
still_standing as (
    select distinct s.rule_id, s.situation_id, s.entry, l.outcome, l.rule_from
    from standing_decisions as s
    join same_situations as x on x.decided_situation_id = s.decided_situation_id
    join ledger as l on l.rule_id = s.rule_id and l.situation_id = x.situation_id and l.closed_by = 'decision'
),

expired_decisions as (
    select finding_id, entry
    from dispositions
    where finding_id is not null and expires_on < $as_of::date
),

both_sides as (
    select
        coalesce(f.finding_id, l.finding_id) as finding_id,
        coalesce(f.source, l.source) as source,
        coalesce(f.shipment_id, l.shipment_id) as shipment_id,
        coalesce(f.line_number, l.line_number) as line_number,
        coalesce(f.rule_id, l.rule_id) as rule_id,
        coalesce(f.rule_kind, l.rule_kind) as rule_kind,
        coalesce(f.export_on, l.export_on) as export_on,
        f.finding_id is not null as is_found, l.finding_id is not null as is_known,
        f.outcome, f.rule_from, f.missing, coalesce(f.situation_id, x.situation_id) as situation_id,
        md5_number_lower(f.because) as because_hash,
        l.outcome as outcome_before, l.rule_from as rule_from_before, l.missing as missing_before,
        l.situation_id as situation_before, l.because_hash as because_before, l.state as state_before,
        l.closed_by, l.decided_in, l.since, l.first_seen_on, l.first_run_id
    from findings as f
    full join ledger as l on l.finding_id = f.finding_id
    left join lost as x on x.finding_id = l.finding_id
    where
        l.finding_id is null
        or f.finding_id is null and l.outcome is not null
        or f.finding_id is not null and (
            l.outcome is null or l.closed_by = 'decision' or l.outcome <> f.outcome
            or l.rule_from is distinct from f.rule_from or l.missing is distinct from f.missing
            or l.situation_id is distinct from f.situation_id
            or l.because_hash is distinct from md5_number_lower(f.because)
            or l.export_on <> f.export_on
        )
),

weighed_findings as (
    select
        j.*, s.entry as standing_entry,
        e.entry is not null as is_expired,
        j.outcome is distinct from j.outcome_before or j.rule_from is distinct from j.rule_from_before
            or j.missing is distinct from j.missing_before as is_said_otherwise,
        case when b.situation_id is not null then
            -- a fact that an earlier version did not know has not changed
            list_filter(d.facts, lambda name:
                map_contains(b.facts, name) and map_contains(n.facts, name)
                and n.facts[name] is distinct from b.facts[name])
        end as facts_changed,
        b.facts as facts_before, n.facts,
        list_filter(
            d.columns, lambda name: r.was and r.stands and r.recorded[name] is distinct from r.recorded_before[name]
        ) as columns_restated,
        -- where nobody can tell any more on what it was decided, it is asked again
        coalesce(j.situation_before <> j.situation_id and b.situation_id is null, false) as is_basis_lost
    from both_sides as j
    left join still_standing as s
        on s.rule_id = j.rule_id and s.situation_id = j.situation_id and s.outcome = j.outcome
        and s.rule_from is not distinct from j.rule_from
    left join expired_decisions as e on e.entry = j.decided_in and e.finding_id = j.finding_id
    left join deciding_columns as d on d.rule_kind = if(j.rule_id = 'not-judged', 'eei', j.rule_kind)
    left join ledger_situations as b on b.situation_id = j.situation_before and j.situation_before <> j.situation_id
    left join ledger_situations as n on n.situation_id = j.situation_id
    left join decided_changes as r using (source, shipment_id, line_number)
)

select
    *,
    case
        when not is_known then 'new'
        when not is_found then if(state_before = 'open', 'closed', 'gone')
        when state_before = 'closed' and closed_by = 'record' then 'reopened'
        when state_before = 'closed' and (
            is_said_otherwise or is_expired or is_basis_lost or len(facts_changed) > 0 or len(columns_restated) > 0
            -- a sentence that is not known from before is no change
            or coalesce(rule_kind = 'reconcile' and because_hash <> because_before, false)
        ) then 'reopened'
        when state_before = 'open' and is_said_otherwise then 'changed'
    end as event
from weighed_findings
