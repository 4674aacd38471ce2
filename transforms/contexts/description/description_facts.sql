-- Which descriptions tell of an instrument of ECCN 3A069? One row per line and fact, of lines recorded as 3A999, as
-- EAR99 or without an ECCN (its item may be either) whose description does, with the words that match. Each distinct
-- description is looked at once.
with described_lines as (
    select l.line_id, l.description
    from own_lines as l
    where l.export_on >= (select min(from_on) from dated_signals)
        and l.line_situation_key in (
            select situation_key
            from situations
            where eccn = 'EAR99' or eccn = '3A999' or starts_with(eccn, '3A999.')
                or not coalesce(is_eccn(eccn), false)
        )
),

-- one pattern for all signals is compiled once; most descriptions tell of none
telling_descriptions as (
    select distinct description
    from described_lines
    where description <> '' and regexp_matches(description, $any_signal)
),

signal_words as (
    select
        d.description,
        -- the words, without what closes them
        string_agg(
            distinct trim(regexp_extract(d.description, '(?i)' || s.pattern), ' ,:;-')
                || ' (' || s.signal || ')', ', '
            order by trim(regexp_extract(d.description, '(?i)' || s.pattern), ' ,:;-') || ' (' || s.signal || ')'
        ) as signal
    from telling_descriptions as d
    join dated_signals as s on regexp_matches(d.description, '(?i)' || s.pattern)
    group by d.description
)

select c.line_id, 'signal' as fact, m.signal as value
from described_lines as c
join signal_words as m using (description)
