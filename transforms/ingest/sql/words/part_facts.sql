-- How are the facts of an item told, so that their ways of writing are one?
create or replace temp macro written_facts(t) as
    list_filter(
        list_transform(regexp_split_to_array(t, '[;|]'), lambda p: trim(regexp_replace(p, '\s+', ' ', 'g'))),
        lambda p: p <> ''
    );

-- The words before the last one, and that one: `serves` and `3A001`.
create or replace temp macro fact_of(p) as regexp_extract(p, '^(.*) (\S+)$', 1);

create or replace temp macro eccn_of_fact(p) as read_eccn(regexp_extract(p, '^(.*) (\S+)$', 2), false);

-- One fact in the words of `item_facts.csv`, an ECCN after them as the CCL writes it; NULL where they are none. Here
-- and below, `f` is the row of `item_fact_forms`.
create or replace temp macro read_item_fact(p, f) as
    coalesce(
        f.words[list_position(f.forms, lower(p))],
        if(
            is_eccn(eccn_of_fact(p)), f.taking_words[list_position(f.taking_forms, lower(fact_of(p)))]
                || ' ' || eccn_of_fact(p), null
        )
    );

-- All facts of a cell, each once and in order; NULL where one of them cannot be read.
create or replace temp macro joined_facts(facts) as
    if(list_count(facts) < len(facts), null, array_to_string(list_sort(list_distinct(facts)), '; '));

create or replace temp macro read_item_facts(t, f) as
    case
        when t is null or t = '' then t
        else joined_facts(list_transform(written_facts(t), lambda p: read_item_fact(p, f)))
    end;

-- What denies a fact that was read, and are facts told of which one denies another?
create or replace temp macro denial_of(p, f) as
    coalesce(
        f.negations[list_position(f.facts, p)],
        f.negations[list_position(f.facts, fact_of(p))] || ' ' || regexp_extract(p, '^(.*) (\S+)$', 2)
    );

create or replace temp macro are_at_odds(t, f) as
    coalesce(
        list_has_any(
            string_split(t, '; '), list_transform(string_split(t, '; '), lambda p: coalesce(denial_of(p, f), ''))
        ), false
    ) and t <> '';

create or replace temp macro agreeing_facts(t, f) as
    if(are_at_odds(read_item_facts(t, f), f), null, read_item_facts(t, f));
