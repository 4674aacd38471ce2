-- By which words is a listed name looked for? By its rarest words that tell something, as many as a party needs to have
-- one of: the others together do not weigh enough. One written in two words is looked for by both together.
with counted as (
    select word, count(*) as names from listed_words group by word
),

ranked as (
    select
        w.core, w.word,
        sum(w.weight) over (
            partition by w.core order by c.names, w.word rows between unbounded preceding and 1 preceding
        ) as before,
        sum(w.weight) over (partition by w.core) as whole
    from listed_words as w
    inner join counted as c on w.word = c.word
)

select distinct core, word, false as is_glued
from ranked
where coalesce(before, 0) <= 0.42 * whole
union all
select distinct core, word, true as is_glued
from listed_pairs
