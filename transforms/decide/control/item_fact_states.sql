-- Do the facts of its item put a line among the items that a row of the Commerce Control List speaks of? One row per
-- set of facts that rows ask for and distinct text of facts recorded that tells something of them: in, unknown or out.
-- Who says what an item serves has said all that it serves; of what it meets only what is said is known.
with recorded_facts as (
    select
        item_facts, said,
        regexp_extract(said, '^(.*) (\S+)$', 1) as words_before, regexp_extract(said, '^(.*) (\S+)$', 2) as eccn
    from (
        select item_facts, unnest(string_split(item_facts, '; ')) as said
        from (select distinct item_facts from control_situations where item_facts <> '')
    )
),

read_facts as (
    select item_facts, said, said as form, false as takes_eccn, null as eccn from recorded_facts
    union all
    select item_facts, said, words_before, true, eccn from recorded_facts
),

asked_facts as (
    select *, fact as form, true as is_said, word is not null as takes_eccn from fact_clauses
    union all
    select *, negated, false, word is not null from fact_clauses
),

compared_words as (
    select
        a.* exclude (form), r.item_facts, r.said,
        r.eccn = a.word or starts_with(r.eccn, a.word || '.') as is_covered,
        starts_with(a.word, r.eccn || '.') as is_too_coarse,
        r.eccn = a.word or starts_with(a.word, r.eccn || '.') as is_denied
    from asked_facts as a
    join read_facts as r on r.form = a.form and r.takes_eccn = a.takes_eccn
),

-- 1: as the term says; -1: otherwise; 0: that is not told
held_facts as (
    select
        fact_key, clause, term, item_facts, said,
        case
            when not takes_eccn then 1
            when bool_or(is_nested and (is_covered or is_too_coarse)) then 0
            when bool_or(is_covered) then 1
            when bool_or(is_too_coarse) then 0
            when any_value(is_closed) then -1
            else 0
        end as truth
    from compared_words
    where is_said
    group by fact_key, clause, term, item_facts, said, takes_eccn
),

denied_words as (
    select fact_key, clause, term, item_facts, count(distinct word) as words_denied
    from compared_words
    where not is_said and (is_denied or not takes_eccn)
    group by fact_key, clause, term, item_facts
),

held_terms as (
    select fact_key, clause, term, item_facts, max(truth) as truth, min(truth) as least_truth
    from held_facts
    group by fact_key, clause, term, item_facts
),

terms as (
    select fact_key, clause, term, any_value(is_negated) as is_negated, count(word) as words_asked
    from fact_clauses
    group by fact_key, clause, term
),

term_truths as (
    select
        t.fact_key, t.clause, s.item_facts,
        case
            when h.truth = 1 and t.is_negated then if(h.least_truth = 1, -1, 0)
            when h.truth = 1 then 1
            when d.words_denied = t.words_asked and coalesce(h.truth, 0) = 0 then if(t.is_negated, 1, -1)
            else if(t.is_negated, -1, 1) * coalesce(h.truth, 0)
        end as truth
    from terms as t
    join (select distinct fact_key, item_facts from compared_words) as s on s.fact_key = t.fact_key
    left join held_terms as h
        on h.fact_key = t.fact_key and h.clause = t.clause and h.term = t.term and h.item_facts = s.item_facts
    left join denied_words as d
        on d.fact_key = t.fact_key and d.clause = t.clause and d.term = t.term and d.item_facts = s.item_facts
),

clause_truths as (
    select fact_key, clause, item_facts, max(truth) as truth from term_truths group by fact_key, clause, item_facts
),

settled_facts as (
    select
        c.fact_key, c.item_facts, min(c.truth) as truth,
        string_agg(a.words, '; ' order by c.clause) filter (c.truth = 0) as untold
    from clause_truths as c
    join asked_item_facts as a on a.fact_key = c.fact_key and a.clause = c.clause
    group by c.fact_key, c.item_facts
),

told_facts as (
    select fact_key, item_facts, string_agg(distinct said, '; ' order by said) as told
    from compared_words
    group by fact_key, item_facts
)

select
    s.fact_key, s.item_facts,
    case s.truth when 1 then 'in' when -1 then 'out' else 'unknown' end as state,
    'the item master says: ' || t.told as note, s.untold
from settled_facts as s
join told_facts as t on t.fact_key = s.fact_key and t.item_facts = s.item_facts
