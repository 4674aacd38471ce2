-- Of which findings is something new: made now, not made any more, or made of other facts? One row per finding.
-- Codes and records decide that, never sentences.
with expired_decisions as (
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
        f.outcome, f.rule_from, f.missing, coalesce(f.situation_id, x.situation_id) as situation_id, f.answer, f.rules,
        s.line_batch, s.compared_hash,
        l.outcome as outcome_before, l.rule_from as rule_from_before, l.missing as missing_before,
        l.situation_id as situation_before, l.answer as answer_before, l.rules as rules_before,
        coalesce(l.line_batch, r.line_batch) as line_batch_before,
        coalesce(r.compared_hash, l.compared_hash) as compared_before, r.facts as facts_reread,
        l.state as state_before, l.closed_by, l.decided_in, l.since, l.first_seen_on, l.first_run_id
    from findings as f
    full join ledger as l on l.finding_id = f.finding_id
    left join seen_records as s on s.finding_id = f.finding_id
    left join reread_findings as r on r.finding_id = l.finding_id
    left join lost as x on x.finding_id = l.finding_id
    where
        l.finding_id is null
        or f.finding_id is null and l.outcome is not null
        or f.finding_id is not null and (
            l.outcome is null or l.closed_by = 'decision' or l.outcome <> f.outcome
            or l.rule_from is distinct from f.rule_from or l.missing is distinct from f.missing
            or l.situation_id is distinct from f.situation_id
            or l.answer is distinct from f.answer or l.rules is distinct from f.rules
            or l.line_batch is distinct from s.line_batch or l.compared_hash is distinct from s.compared_hash
            or l.export_on <> f.export_on
        )
),

weighed_findings as (
    select
        j.*, s.entry as standing_entry,
        e.entry is not null as is_expired,
        j.outcome is distinct from j.outcome_before or j.rule_from is distinct from j.rule_from_before
            or j.missing is distinct from j.missing_before as is_said_otherwise,
        coalesce(j.facts_reread, b.facts) as facts_before, n.facts,
        case when facts_before is not null then
            -- a fact that an earlier version did not know has not changed
            list_filter(d.facts, lambda name:
                map_contains(facts_before, name) and map_contains(n.facts, name)
                and n.facts[name] is distinct from facts_before[name])
        end as facts_changed,
        list_filter(
            d.columns, lambda name: r.was and r.stands and r.recorded[name] is distinct from r.recorded_before[name]
        ) as columns_restated,
        -- where nobody can tell any more on what it was decided, it is asked again
        coalesce(j.situation_before <> j.situation_id and facts_before is null, false) as is_basis_lost,
        -- what is not known from before is no change
        coalesce(j.compared_hash <> j.compared_before, false) as is_compared_otherwise,
        coalesce(j.answer <> j.answer_before, false) or len(list_filter(
            coalesce(j.rules, []), lambda one: not list_contains(j.rules_before, one)
        )) > 0 as is_answered_otherwise
    from both_sides as j
    left join still_standing as s
        on s.rule_id = j.rule_id and s.situation_id = j.situation_id and s.outcome = j.outcome
        and s.rule_from is not distinct from j.rule_from
        and (s.is_answer_unknown or list_contains(s.answers, {'answer': j.answer, 'rules': j.rules}))
    left join expired_decisions as e on e.entry = j.decided_in and e.finding_id = j.finding_id
    left join deciding_columns as d on d.rule_kind = if(j.rule_id = 'not-judged', 'eei', j.rule_kind)
    left join ledger_situations as b on b.situation_id = j.situation_before and j.situation_before <> j.situation_id
    left join ledger_situations as n on n.situation_id = j.situation_id
    left join decided_changes as r
        on r.source = j.source and r.shipment_id = j.shipment_id and r.line_number = j.line_number
        and r.line_batch is not distinct from j.line_batch_before
)

select
    *,
    case
        when not is_known then 'new'
        when not is_found then if(state_before = 'open', 'closed', 'gone')
        when state_before = 'closed' and closed_by = 'record' then 'reopened'
        when state_before = 'closed' and (
            is_said_otherwise or is_answered_otherwise or is_compared_otherwise or is_expired or is_basis_lost
            or len(facts_changed) > 0 or len(columns_restated) > 0
        ) then 'reopened'
        when state_before = 'open' and is_said_otherwise then 'changed'
    end as event
from weighed_findings
