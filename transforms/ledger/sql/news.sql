-- What happened to each finding since the last screening, and why? One row per finding of which something is to be
-- told. The records are asked first, then the other records that complete a line, then the law.
with changed_findings as (
    select
        c.*, l.first_batch, l.stands, l.was, l.has_ended, l.had_ended, l.recorded, l.recorded_before,
        list_filter(
            d.columns, lambda name: l.was and l.stands and l.recorded[name] is distinct from l.recorded_before[name]
        ) as columns_changed
    from moved_findings as c
    left join deciding_columns as d on d.rule_kind = if(c.rule_id = 'not-judged', 'eei', c.rule_kind)
    left join line_changes as l
        on l.source = c.source and l.shipment_id = c.shipment_id and l.line_number = c.line_number
        and l.line_batch is not distinct from c.line_batch_before
    where c.event is not null
),

explained_findings as (
    select
        *,
        -- each of $superseded is a rule of before and those that stand in its place: `old: new, new`
        nullif(split_part(list_filter(
            $superseded::varchar[], lambda words: starts_with(words, rule_id || ': ')
        )[1], ': ', 2), '') as rule_superseding,
        coalesce(len(columns_changed), 0) > 0 as is_line_changed,
        coalesce(len(facts_changed), 0) > 0 as is_fact_changed,
        list_transform(
            coalesce(columns_changed, []),
            lambda name: concat(name, ': ', coalesce(nullif(left(recorded_before[name], 60), ''), 'nothing'), ' to ',
                coalesce(nullif(left(recorded[name], 60), ''), 'nothing'))
        ) as column_words,
        list_transform(
            coalesce(facts_changed, []),
            lambda name: concat(name, ': ', coalesce(nullif(facts_before[name], ''), 'nothing'), ' to ',
                coalesce(nullif(facts[name], ''), 'nothing'))
        ) as fact_words,
        list_transform(
            list_filter(
                $added::varchar[], lambda name: coalesce(facts[name], '') not in ('', 'false')
            ),
            lambda name: concat(name, ': ', facts[name])
        ) as other_words
    from changed_findings
),

caused_findings as (
    select
        *,
        case
            when $is_first then 'first screening'
            when event = 'reopened' and is_expired and not is_said_otherwise and not is_fact_changed
                then 'decision expired'
            when event = 'new' and first_batch > $previous_batch then 'line recorded'
            when event in ('closed', 'gone') and has_ended and not stands then 'line ended'
            when event = 'reopened' and closed_by = 'record' and had_ended and stands then 'line recorded'
            when event in ('closed', 'gone') and stands is distinct from true and rule_kind <> 'reconcile'
                then 'out of scope'
            when event in ('closed', 'gone') and rule_superseding is not null then 'rule superseded'
            when list_contains(columns_changed, 'eccn')
                or list_has_any(coalesce(facts_changed, []), $classifying::varchar[])
                then 'classification changed'
            -- a control reads the line and its item record alone
            when event = 'new' and rule_kind = 'control' and not is_line_changed and not $is_law_changed
                and len(list_filter(
                    $classifying_added::varchar[], lambda name: coalesce(facts[name], '') not in ('', 'false')
                )) > 0 then 'classification changed'
            when is_line_changed or is_fact_changed then 'record corrected'
            when $is_law_changed then 'rule changed'
            else 'record corrected'
        end as cause
    from explained_findings
)

select
    finding_id, event, cause, outcome,
    case
        when event in ('closed', 'gone') then 'closed'
        when event = 'new' and standing_entry is not null then 'closed'
        else 'open'
    end as state,
    nullif(concat_ws('; ',
        case when is_said_otherwise and is_known and is_found and outcome_before <> outcome
            then outcome_before || ' to ' || outcome end,
        case
            when event = 'reopened' and cause = 'line recorded' then 'an extract has the line again'
            when $is_first or cause = 'line recorded' then null
            when cause = 'line ended' then 'an extract that is the whole of its period does not have the line any more'
            when cause = 'out of scope' then 'the line is no longer among those screened'
            when cause = 'decision expired'
                then 'the decision of entry ' || decided_in || ' ran until a day before this'
            when is_line_changed then array_to_string(column_words, ', ')
            when is_fact_changed then array_to_string(fact_words, ', ')
            when cause = 'rule superseded' then 'superseded by ' || rule_superseding
            when cause = 'rule changed'
                then 'the record stands as it was; the rulebook or the version of Earshot is another'
            when rule_kind = 'reconcile' then 'its filing in AES'
            when len(other_words) > 0 then 'another record of it: ' || array_to_string(other_words, ', ')
            else 'another record: its filing, its item, or other lines of its shipment'
        end,
        case when cause not in ('rule changed', 'rule superseded') and not $is_first and $is_law_changed
            and cause in ('record corrected', 'classification changed')
            then 'the rulebook changed too' end,
        case when event = 'new' and standing_entry is not null
            then 'closed by the standing decision of entry ' || standing_entry || ' on its situation' end
    ), '') as detail
from caused_findings
