-- What did each version of each rule make of this one line, step by step? One row per rule version, for the one line in
-- `asked_line`. It reads the steps of the decision itself: nothing is judged a second time.
with line as (
    select l.export_on, s.*
    from asked_line as l
    join subjects as s on s.situation_key = l.situation_key
),

places as (
    select v.version_key, d.state, d.note, d.via, d.words, d.from_on, d.until_on
    from rule_versions as v
    cross join line as l
    join place_states as d
        on d.place_key = v.place_key and d.destination is not distinct from l.destination
        and l.export_on between d.from_on and d.until_on
),

periods as (
    select
        p.version_key, p.from_on, p.until_on, p.is_in_force,
        doubt_of(p.doubt, p.item_doubt, q.state, f.state, p.doubt_left, f.untold) as doubt,
        f.state as fact_state, f.note as facts_told, coalesce(q.state, 'in') as doubted_state,
        (select string_agg(a.words, '; ' order by a.clause) from asked_item_facts as a where a.fact_key = p.fact_key)
            as facts_asked
    from rule_periods as p
    cross join line as l
    left join item_states as q on q.item_key = p.doubted_item_key and q.eccn is not distinct from l.eccn
    left join item_fact_states as f
        on f.fact_key = p.fact_key and f.item_facts = l.item_facts
        and (p.doubted_item_key is null or q.state = 'in')
    where l.export_on between p.from_on and p.until_on
),

-- what a row of the Commerce Control List comes to where a stricter row of its rule decides
rows_of_day as (
    select w.rule_key as version_key, w.outcome, w.opening || w.statement as statement
    from version_verdicts as w
    join control_keys as k using (subject_key)
    cross join line as l
    where k.situation_key = l.situation_key and l.export_on between w.from_on and w.until_on
),

paragraphs as (
    select version_key
    from rule_versions as v
    where v.is_row and v.item_key not in (select item_key from item_words where is_row or word = 'CCL')
),

determinations_of_day as (
    select d.*
    from determinations as d
    cross join line as l
    where l.export_on between d.from_on and d.until_on
)

select
    v.rule_id, v.rule_kind, v.reason, v.from_on as rule_from, v.authority, v.remedy,
    coalesce(p.is_in_force, false) as is_in_force, nullif(p.doubt, '') as doubt,
    p.fact_state, p.facts_told, case when p.doubted_state = 'in' then p.facts_asked end as facts_asked,
    coalesce(l.activity, '') = '' or list_contains(v.activities, l.activity) as is_activity_in, v.activities,
    l.eccn as eccn_judged, coalesce(i.state, 'out') as item_state, i.note as item_note,
    (select string_agg(word, ', ' order by word) from item_words as w where w.item_key = v.item_key and not w.is_except)
        as item_words,
    (select string_agg(word, ', ' order by word) from item_words as w where w.item_key = v.item_key and w.is_except)
        as item_excepts,
    coalesce(g.state, 'out') as place_state, g.note as place_note, g.via, g.words as place_matched,
    (
        select string_agg(word, ', ' order by word)
        from place_words as w
        where w.place_key = v.place_key and not w.is_except
    ) as place_words,
    c.kind as claim_kind, c.recorded_authority, a.answer, a.symbol as answer_symbol, a.note as answer_note,
    a.doubt as answer_doubt,
    (select list(struct_pack(
        symbol := t.symbol, stance := t.stance, paragraphs := t.paragraphs,
        place_state := case when t.place_key is null then null else coalesce((
            select any_value(s.state) from place_states as s
            where s.place_key = t.place_key and s.destination is not distinct from l.destination
                and l.export_on between s.from_on and s.until_on
        ), 'out') end,
        doubt := t.doubt
    ) order by t.symbol) from exception_terms as t where t.terms_key = v.terms_key) as exceptions,
    coalesce(d.outcome, w.outcome) as determined_outcome,
    coalesce(d.opening || d.statement, w.statement) as statement, d.is_rolled_up,
    d.version_key is null and w.version_key is not null as is_outranked,
    greatest(p.from_on, d.from_on) as era_from, least(p.until_on, d.until_on) as era_until,
    v.has_savings, v.en_route_on, v.exported_before, v.look_until,
    exists (from found as n where n.rule_id = 'not-judged') as is_not_judged,
    f.outcome as finding_outcome, f.because, coalesce(f.missing, d.missing, []) as missing
from rule_versions as v
cross join line as l
left join item_states as i on i.item_key = v.item_key and i.eccn is not distinct from l.eccn
left join places as g on g.version_key = v.version_key
left join periods as p on p.version_key = v.version_key
left join claims as c
    on c.license_code is not distinct from l.license_code
    and c.license_number_form is not distinct from l.license_number_form
    and c.exception_paragraph is not distinct from l.exception_paragraph
left join answers as a
    on a.terms_key = v.terms_key and c.kind = 'exception'
    and a.license_code is not distinct from l.license_code
    and a.license_number_form is not distinct from l.license_number_form
    and a.exception_paragraph is not distinct from l.exception_paragraph
left join determinations_of_day as d on d.version_key = v.version_key and d.rule_kind = 'control'
left join rows_of_day as w on v.is_row and w.version_key = v.version_key
left join found as f on f.rule_id = v.rule_id and d.version_key is not null
left join paragraphs as b on b.version_key = v.version_key
-- of the Commerce Control List the rows of the entry recorded are told, and what decides where none is
where not v.is_row or i.state <> 'out' or d.version_key is not null or b.version_key is not null
-- a row is several versions where license exceptions changed: that of the day is told
qualify not v.is_row or row_number() over (
    partition by v.rule_id, v.reason, v.from_on, v.activities, v.item_key, v.place_key, v.authority
    order by p.version_key is null, v.version_key
) = 1
-- of paragraphs that stand beside each other those within whose scope the line is, or may be, and else the nearest
and (b.version_key is null or coalesce(d.version_key, w.version_key) is not null or row_number() over (
    partition by v.rule_id
    order by coalesce(d.version_key, w.version_key) is null, coalesce(g.state, 'out') = 'out', p.version_key is null,
        coalesce(i.state, 'out') = 'out', v.version_key
) = 1)
order by v.rule_id, v.from_on nulls first
