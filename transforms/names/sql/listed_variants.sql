-- What is each word by which listed names are looked for, with one letter left out?
select distinct word, variant
from (
    select word, unnest(list_transform(range(1, length(word) + 1), lambda n: left(word, n - 1) || substr(word, n + 1)))
        as variant
    from (select distinct word from listed_keys where not is_glued and length(word) between 5 and 40)
)
union
select distinct word, word as variant
from listed_keys
where not is_glued and length(word) between 5 and 40
