-- Did AES take the license code on that day? One row per situation and stretch of days on which it did not, or on which that
-- is not known. AESTIR Appendix F, as tables/license_codes.csv has it.
with stretches as (
    select code, from_on, until_on, doubt from license_code_periods
),

-- the days before the first stretch and between two of them
before as (
    select
        code, coalesce(lag(until_on) over each_code + 1, date '0001-01-01') as from_on, from_on - 1 as until_on,
        'is taken from ' || from_on || ' on' as because
    from stretches
    window each_code as (partition by code order by from_on)
),

after as (
    select code, max(until_on) + 1 as from_on, date '9999-12-31' as until_on, 'was taken until ' || max(until_on)
        || ' at the latest' as because
    from stretches
    group by code
    having max(until_on) < date '9999-12-31'
),

findings as (
    select code, from_on, until_on, 'flagged' as outcome, because from before where from_on <= until_on
    union all
    select code, from_on, until_on, 'flagged', because from after
    union all
    select code, from_on, until_on, 'undetermined', 'may be in force or not: ' || doubt
    from stretches
    where doubt is not null
)

select
    s.situation_key, f.from_on, f.until_on, f.outcome, 'license code ' || f.code || ' ' || f.because as because,
    []::varchar[] as missing
from subject as s
join findings as f on f.code = s.license_code
union all by name
select
    situation_key, date '0001-01-01' as from_on, date '9999-12-31' as until_on, 'undetermined' as outcome,
    'license code ' || license_code || ' is not in the table of codes read, so whether AES takes it is not known' as because,
    ['license_code'] as missing
from subject
where license_code <> '' and license_code not in (select code from stretches)
