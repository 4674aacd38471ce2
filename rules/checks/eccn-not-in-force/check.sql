-- Did the ECCN exist on that day? One row per situation and stretch of days on which it did not, or may not have. 15 CFR 774
-- Supp. 1, for the ECCNs in tables/eccns.csv; an ECCN has a row for each stretch with the same reasons for control. Where the
-- line has none, that of the item master is looked at: if it came later, what the item was before is not known.
with stretches as (
    select eccn, from_on, until_on, doubt from eccn_periods
),

-- the days before the first stretch and between two of them
before as (
    select
        eccn, coalesce(lag(until_on) over each_eccn + 1, date '0001-01-01') as from_on, from_on - 1 as until_on,
        'stands in the Commerce Control List from ' || from_on || ' on' as because
    from stretches
    window each_eccn as (partition by eccn order by from_on)
),

after as (
    select eccn, max(until_on) + 1 as from_on, date '9999-12-31' as until_on, 'stood in the Commerce Control List until '
        || max(until_on) as because
    from stretches
    group by eccn
    having max(until_on) < date '9999-12-31'
),

findings as (
    select eccn, from_on, until_on, 'flagged' as outcome, because from before where from_on <= until_on
    union all
    select eccn, from_on, until_on, 'flagged', because from after
    union all
    select eccn, from_on, until_on, 'undetermined', 'may stand in the Commerce Control List or not: ' || doubt
    from stretches
    where doubt is not null
)

select
    s.situation_key, f.from_on, f.until_on,
    case when s.is_eccn then f.outcome else 'undetermined' end as outcome,
    case when s.is_eccn then '' else 'the line has no ECCN, and that of the item master cannot be told to hold then: ' end
        || f.eccn || ' ' || f.because as because,
    case when s.is_eccn then []::varchar[] else ['eccn'] end as missing
from subject as s
join findings as f on f.eccn = regexp_extract(s.eccn, '^([0-9][A-E][0-9]{3})(\.|$)', 1)
