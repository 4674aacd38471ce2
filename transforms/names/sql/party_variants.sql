-- What is each word of the parties with one letter left out, among what the words of lists are with one left out? Only
-- a word that is in no table may be misspelled (it weighs 1, and all others less).
select distinct p.word, p.variant
from (
    select word, unnest(list_transform(range(1, length(word) + 1), lambda n: left(word, n - 1) || substr(word, n + 1)))
        as variant
    from (select distinct word from party_words where length(word) between 5 and 40 and weight = 1)
    union all
    select word, word as variant
    from (select distinct word from party_words where length(word) between 5 and 40 and weight = 1)
) as p
