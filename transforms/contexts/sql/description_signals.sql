-- Which descriptions tell of an instrument of ECCN 3A069? One row per line recorded as 3A999, as EAR99 or without an
-- ECCN (its item may be either) whose description does, with the words that match. Each distinct description is looked at once.
with concerned as (
    select l.line_row, l.description
    from own_lines as l
    where l.export_on >= (select min(from_on) from signals)
        and l.situation_key in (
            select situation_key
            from situations
            where eccn = 'EAR99' or eccn = '3A999' or starts_with(eccn, '3A999.')
                or not coalesce(regexp_full_match(eccn, '[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*'), false)
        )
),

-- one pattern for all signals is compiled once; most descriptions tell of none
told as (
    select distinct description
    from concerned
    where description <> '' and regexp_matches(description, getvariable('any_signal'))
),

matched as (
    select
        d.description,
        -- the words, without what closes them
        string_agg(
            distinct trim(regexp_extract(d.description, '(?i)' || s.pattern), ' ,:;-')
                || ' (' || s.signal || ')', ', '
            order by trim(regexp_extract(d.description, '(?i)' || s.pattern), ' ,:;-') || ' (' || s.signal || ')'
        ) as signal
    from told as d
    join signals as s on regexp_matches(d.description, '(?i)' || s.pattern)
    group by d.description
)

select c.line_row, m.signal
from concerned as c
join matched as m using (description)
