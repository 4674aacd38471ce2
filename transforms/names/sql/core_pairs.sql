-- Which names of parties and lists are worth comparing: all letters or all words but places alike, or a word alike
-- by which the listed name is looked for and enough of the pairs of letters that tell something?
with by_word as (
    select distinct p.core as party_core, l.core as listed_core
    from listed_keys as k
    inner join listed_cores as l on k.core = l.core
    inner join word_pairs as w on k.word = w.listed_word
    inner join party_words as pw on w.party_word = pw.word
    inner join party_cores as p on pw.core = p.core
    where (bit_count(l.low & p.low)::integer + bit_count(l.high & p.high)::integer)
        >= l.share * (bit_count(l.low)::integer + bit_count(l.high)::integer)
),

alike as (
    select p.core as party_core, l.core as listed_core, false as is_squeezed
    from party_cores as p
    inner join listed_cores as l on p.plain_words = l.plain_words
    union all
    select p.core as party_core, l.core as listed_core, true as is_squeezed
    from party_squeezed as p
    inner join listed_cores as l on p.squeezed = l.squeezed
    union all
    select party_core, listed_core, false as is_squeezed
    from by_word
)

select party_core, listed_core, bool_or(is_squeezed) as is_squeezed
from alike
group by all
