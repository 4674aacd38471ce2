-- Where does each law differ from the baseline? One row per law, situation, rule and stretch of days within the period
-- in which their verdicts do, a savings clause included. A situation may stand beside another one that its lines may be
-- of (`is_candidate`); then only what the rules asked about, and filing, make worse counts.
with situation_pairs as (
    select situation_key, situation_key as reform_key, false as is_candidate from asked_situations
    union all
    select situation_key, reform_key, true from candidate_situations
),

variants as (
    select distinct variant from reform_outcomes
    union
    select 'after'
),

baseline_rows as (
    select l.variant, p.situation_key, p.reform_key, p.is_candidate, b.* exclude (variant, situation_key)
    from situation_pairs as p
    cross join variants as l
    join baseline_outcomes as b on b.situation_key = p.situation_key
    where b.from_on <= $last_day and b.until_on >= $first_day
        and (not p.is_candidate or b.rule_id = 'eei-filing' or list_contains($asked, b.rule_id))
),

reform_rows as (
    select r.variant, p.situation_key, p.reform_key, p.is_candidate, r.* exclude (variant, situation_key)
    from situation_pairs as p
    join reform_outcomes as r on r.situation_key = p.reform_key
    where r.from_on <= $last_day and r.until_on >= $first_day
        and (not p.is_candidate or r.rule_id = 'eei-filing' or list_contains($asked, r.rule_id))
),

-- what the baseline says already of what the lines may be: that is nothing new
baseline_of_candidates as (
    select l.variant, p.situation_key, p.reform_key, b.rule_id, b.from_on, b.until_on, b.outcome
    from situation_pairs as p
    cross join variants as l
    join baseline_outcomes as b on b.situation_key = p.reform_key
    where p.is_candidate and b.outcome in ('flagged', 'undetermined')
        and b.from_on <= $last_day and b.until_on >= $first_day
),

marked_rows as (
    select
        variant, situation_key, reform_key, is_candidate, rule_id, 'before' as side,
        hash(from_on, until_on, outcome, has_savings, outcome_if_saved, en_route_on, exported_before, look_until)
            as mark
    from baseline_rows
    union all
    select
        variant, situation_key, reform_key, is_candidate, rule_id, 'after',
        hash(from_on, until_on, outcome, has_savings, outcome_if_saved, en_route_on, exported_before, look_until)
    from reform_rows
),

-- most rules say the same of most situations: no day of those is looked at
differing_rules as (
    select variant, situation_key, reform_key, is_candidate, rule_id
    from marked_rows
    group by all
    having list_sort(coalesce(list(mark) filter (side = 'before'), []))
        <> list_sort(coalesce(list(mark) filter (side = 'after'), []))
),

cuts as (
    select variant, situation_key, reform_key, rule_id, greatest(from_on, $first_day::date) as cut_on
    from baseline_rows semi join differing_rules using (variant, situation_key, reform_key, rule_id)
    union
    select variant, situation_key, reform_key, rule_id, until_on + 1
    from baseline_rows semi join differing_rules using (variant, situation_key, reform_key, rule_id)
    where until_on < $last_day
    union
    select variant, situation_key, reform_key, rule_id, greatest(from_on, $first_day::date)
    from reform_rows semi join differing_rules using (variant, situation_key, reform_key, rule_id)
    union
    select variant, situation_key, reform_key, rule_id, until_on + 1
    from reform_rows semi join differing_rules using (variant, situation_key, reform_key, rule_id)
    where until_on < $last_day
    union
    select variant, situation_key, reform_key, rule_id, greatest(from_on, $first_day::date)
    from baseline_of_candidates semi join differing_rules using (variant, situation_key, reform_key, rule_id)
    union
    select variant, situation_key, reform_key, rule_id, until_on + 1
    from baseline_of_candidates semi join differing_rules using (variant, situation_key, reform_key, rule_id)
    where until_on < $last_day
),

stretches as (
    select
        variant, situation_key, reform_key, rule_id, cut_on as from_on,
        coalesce(
            lead(cut_on) over (partition by variant, situation_key, reform_key, rule_id order by cut_on) - 1,
            $last_day::date
        ) as until_on
    from cuts
),

-- where a rule says two things of one day, the graver counts
baseline_stretches as (
    select
        s.variant, s.situation_key, s.reform_key, s.rule_id, s.from_on, s.until_on, b as before,
        row_number() over (
            partition by s.variant, s.situation_key, s.reform_key, s.rule_id, s.from_on
            order by case b.outcome when 'flagged' then 1 when 'undetermined' then 2 when 'clear' then 3 else 4 end,
                b.rule_from, b.statement
        ) as place
    from stretches as s
    left join baseline_rows as b
        on b.variant = s.variant and b.situation_key = s.situation_key and b.reform_key = s.reform_key
        and b.rule_id = s.rule_id
        and b.from_on <= s.from_on and b.until_on >= s.until_on
),

compared_stretches as (
    select
        s.variant, s.situation_key, s.reform_key, s.rule_id, s.from_on, s.until_on, s.before, a as after,
        row_number() over (
            partition by s.variant, s.situation_key, s.reform_key, s.rule_id, s.from_on
            order by case a.outcome when 'flagged' then 1 when 'undetermined' then 2 when 'clear' then 3 else 4 end,
                a.rule_from, a.statement
        ) as place
    from baseline_stretches as s
    left join reform_rows as a
        on a.variant = s.variant and a.situation_key = s.situation_key and a.reform_key = s.reform_key
        and a.rule_id = s.rule_id
        and a.from_on <= s.from_on and a.until_on >= s.until_on
    where s.place = 1
)

select
    row_number() over (order by variant, situation_key, reform_key, rule_id, from_on) as change_key,
    variant, situation_key, reform_key, situation_key <> reform_key as is_candidate, rule_id, from_on, until_on,
    coalesce(after.rule_kind, before.rule_kind) as rule_kind, before, after
from compared_stretches
where place = 1
    and (
        coalesce(before.outcome, 'out of scope') <> coalesce(after.outcome, 'out of scope')
        or coalesce(before.has_savings, false) <> coalesce(after.has_savings, false)
        or before.en_route_on is distinct from after.en_route_on
        or before.exported_before is distinct from after.exported_before
        or before.look_until is distinct from after.look_until
        or coalesce(before.outcome_if_saved, 'clear') <> coalesce(after.outcome_if_saved, 'clear')
    )
    and (
        situation_key = reform_key
        or (coalesce(after.outcome, '') in ('flagged', 'undetermined')
            and coalesce(before.outcome, 'clear') <> 'flagged'
            and not exists (
                from baseline_of_candidates as a
                where a.variant = compared_stretches.variant and a.situation_key = compared_stretches.situation_key
                    and a.reform_key = compared_stretches.reform_key
                    and a.rule_id = compared_stretches.rule_id
                    and a.from_on <= compared_stretches.from_on and a.until_on >= compared_stretches.until_on
                    and (a.outcome = 'flagged' or a.outcome = after.outcome)
            ))
    )
