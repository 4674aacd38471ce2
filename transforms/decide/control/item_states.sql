-- Which items does each item scope reach? One row per item scope and distinct ECCN recorded: in, unknown (the record
-- is too coarse, or no ECCN) or out. A word covers its sub-paragraphs; AES records the five-character ECCN only
-- (AESTIR Appendix F), so a coarser record leaves the paragraph open.
with recorded_eccns as (
    select
        eccn,
        coalesce(eccn, '') = '' as is_absent,
        is_eccn(eccn) as is_eccn
    from (select distinct eccn from control_situations)
),

-- an ECCN is also one of its series: 9A610.x is 600.x, 9A515.a is 9x515.a
spelled_eccns as (
    select eccn, eccn as form from recorded_eccns where is_eccn
    union all
    select eccn, '600' || substr(eccn, 6) from recorded_eccns where is_eccn and eccn[3] = '6' and eccn <> 'EAR99'
    union all
    select eccn, 'category ' || eccn[1] from recorded_eccns where is_eccn and eccn <> 'EAR99'
    union all
    select eccn, '9x515' || substr(eccn, 6) from recorded_eccns where is_eccn and regexp_matches(eccn, '^9[A-E]515')
),

compared_words as (
    select
        w.item_key, r.eccn,
        bool_or(not w.is_except and (r.form = w.word or starts_with(r.form, w.word || '.'))) as is_covered,
        bool_or(not w.is_except and starts_with(w.word, r.form || '.')) as is_too_coarse,
        bool_or(w.is_except and (r.form = w.word or starts_with(r.form, w.word || '.'))) as is_excepted,
        string_agg(w.word, ', ' order by w.word) filter (w.is_except and starts_with(w.word, r.form || '.'))
            as exceptions_below,
        string_agg(w.word, ', ' order by w.word) filter (not w.is_except and starts_with(w.word, r.form || '.'))
            as words_below
    from spelled_eccns as r
    join item_words as w on split_part(w.word, '.', 1) = split_part(r.form, '.', 1)
    group by w.item_key, r.eccn
),

listed_states as (
    select
        item_key, eccn, false as is_absent,
        case
            when is_excepted then 'out'
            when is_covered and exceptions_below is null then 'in'
            when is_covered or is_too_coarse then 'unknown'
            else 'out'
        end as state,
        case
            when is_excepted then eccn || ' is excluded'
            when is_covered and exceptions_below is not null
                then exceptions_below || ' is excluded, and the ECCN paragraph is not recorded'
            when is_too_coarse then 'only ' || words_below || ' is covered, and the ECCN paragraph is not recorded'
        end as note
    from compared_words
),

unreadable_states as (
    select
        w.item_key, r.eccn, true as is_absent, 'unknown' as state,
        case
            when r.eccn is null then 'the source does not provide the ECCN'
            when r.is_absent then 'ECCN is not recorded'
            else 'the recorded ECCN, ' || r.eccn || ', is not in the required format'
        end as note
    from recorded_eccns as r
    cross join (
        select item_key
        from item_words
        where is_row is not true
        group by item_key
        having bool_or(is_except or word <> '*')
    ) as w
    where not r.is_eccn
),

-- a scope of any item, but for what it excepts; without exceptions it needs no ECCN at all
any_item_states as (
    select
        w.item_key, r.eccn, false as is_absent,
        case when c.is_excepted then 'out' when c.exceptions_below is not null then 'unknown' else 'in' end as state,
        case
            when c.is_excepted then r.eccn || ' is excluded'
            else c.exceptions_below || ' is excluded, and the ECCN paragraph is not recorded'
        end as note
    from recorded_eccns as r
    cross join (
        select item_key, bool_or(is_except) as has_excepts from item_words group by item_key having bool_or(word = '*')
    ) as w
    left join compared_words as c on c.item_key = w.item_key and c.eccn = r.eccn
    where r.is_eccn or not w.has_excepts
)

from listed_states
where item_key not in (select item_key from item_words where word = '*')
union all from unreadable_states
union all from any_item_states
