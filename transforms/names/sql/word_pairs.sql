-- Which words of parties may be a word by which listed names are looked for: the same, or a letter or two apart?
select distinct p.word as party_word, v.word as listed_word
from party_variants as p
inner join listed_variants as v on p.variant = v.variant
where p.word <> v.word
    and damerau_levenshtein(p.word, v.word) <= case when least(length(p.word), length(v.word)) >= 9 then 2 else 1 end
union all
select distinct p.word as party_word, k.word as listed_word
from (select distinct word from party_words) as p
inner join (select distinct word from listed_keys) as k on p.word = k.word
