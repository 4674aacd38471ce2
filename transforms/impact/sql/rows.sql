-- What becomes of each line under each rule? One row per law, line and rule whose outcome differs. Savings clauses are
-- settled as in the screening (`hits.sql`), on both sides.
-- certain: clear or out of scope before, flagged after; possible: undetermined after, or flagged only if the line is of
-- an entry that it may be of. Where the line by itself is struck as hard, what it may be of adds nothing.
-- Of what a law says only what is asked below is taken along: its words are long, and there are many lines.
with rivals as (
    -- where a line may be struck twice by a rule: as it is, and as what it may be
    select variant, situation_key, rule_id
    from changes
    group by variant, situation_key, rule_id
    having count(distinct reform_key) > 1
),

weighed_changes as (
    select c.*, r.rule_id is not null as has_rival
    from changes as c
    left join rivals as r using (variant, situation_key, rule_id)
),

settled_lines as (
    select
        c.variant, l.line_id, l.situation_key, c.reform_key, c.change_key, c.rule_id, c.rule_kind, c.is_candidate,
        c.has_rival, l.export_on, l.value_usd, coalesce(e.is_proved, true) as is_proved,
        outcome_of_savings(c.before, l.tendered_on, l.export_on) as baseline_outcome,
        outcome_of_savings(c.after, l.tendered_on, l.export_on) as settled_outcome,
        c.after.claim as claim, c.after.outcome as outcome_unsaved, coalesce(c.after.symbol, c.before.symbol) as symbol
    from reached_lines as l
    join weighed_changes as c
        on c.situation_key = l.situation_key and l.export_on between c.from_on and c.until_on
    left join candidate_lines as e on c.is_candidate and e.line_id = l.line_id and e.reform_key = c.reform_key
    where not c.is_candidate or e.line_id is not null
),

said_outcomes as (
    select
        *,
        case
            when not is_proved and settled_outcome = 'flagged' then 'undetermined'
            else settled_outcome
        end as reform_outcome
    from settled_lines
),

graded_outcomes as materialized (
    select
        *,
        case
            when baseline_outcome in ('flagged', 'undetermined') then null
            when reform_outcome = 'flagged' then 'certain'
            when reform_outcome = 'undetermined' then 'possible'
        end as certainty
    from said_outcomes
    where baseline_outcome <> reform_outcome
),

kept_outcomes as (
    from graded_outcomes
    where not is_candidate or certainty is not null or (is_proved and reform_outcome = 'flagged')
),

-- of what a line is and what it may be, the graver counts
first_outcomes as (
    from kept_outcomes
    where not has_rival
    union all
    from kept_outcomes
    where has_rival
    qualify row_number() over (
        partition by variant, line_id, rule_id
        order by
            case certainty when 'certain' then 1 when 'possible' then 2 else 3 end, is_candidate, change_key
    ) = 1
)

select
    variant, line_id, situation_key, reform_key, change_key, rule_id, rule_kind, is_candidate, export_on, value_usd,
    baseline_outcome, reform_outcome, certainty, symbol,
    -- what the change is, in one place: `questions.sql` counts by these words
    case
        when certainty is not null and rule_kind = 'eei' then 'needs EEI'
        when certainty is not null and rule_kind = 'check' then 'record in question'
        when certainty is not null and claim = 'exception' then 'loses an exception'
        when certainty is not null then 'needs a license'
        when reform_outcome = 'clear' and baseline_outcome = 'out of scope' and rule_kind = 'control'
            and claim = 'license'
            then 'already authorized'
        when reform_outcome = 'clear' and baseline_outcome = 'out of scope' and rule_kind = 'control'
            and claim = 'exception'
            then 'exception serves'
        when reform_outcome = 'clear' and outcome_unsaved <> 'clear' then 'saved'
        when baseline_outcome = 'undetermined' and reform_outcome = 'flagged' then 'settled'
        when baseline_outcome in ('flagged', 'undetermined') then 'relieved'
        else 'in scope'
    end as change
from first_outcomes
