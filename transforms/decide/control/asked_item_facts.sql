-- Which facts of an item do rows of the Commerce Control List ask for, in words? One row per set of facts and clause.
with term_words as (
    select
        fact_key, clause, term,
        concat(
            if(any_value(is_negated), any_value(negated), any_value(fact)),
            case when count(word) > 0 then ' ' || array_to_string(list(word order by word)[:4], ', ') end,
            case when count(word) > 4 then ', ...' end
        ) as words
    from fact_clauses
    group by fact_key, clause, term
)

select fact_key, clause, string_agg(words, ' or ' order by term) as words
from term_words
group by fact_key, clause
