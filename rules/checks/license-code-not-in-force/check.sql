-- Did AES take the license code on that day? One row per situation and stretch of days on which it did not, or on which
-- that is not known. AESTIR Appendix F, as tables/license_codes.csv has it.
with periods as (
    select code, from_on, until_on, doubt from license_code_periods
)

select
    s.situation_key, f.from_on, f.until_on, f.outcome,
    'license code ' || f.code || case
        when f.begins_on is not null then ' is taken from ' || f.begins_on || ' on'
        when f.ended_on is not null then ' was taken until ' || f.ended_on || ' at the latest'
        else ' may be in force or not: ' || f.doubt
    end as because,
    named([]) as missing
from subject as s
join not_in_force(periods) as f on f.code = s.license_code
union all by name
select
    situation_key, always() as from_on, forever() as until_on, 'undetermined' as outcome,
    'license code ' || license_code || ' is not in the table of codes read, so whether AES takes it is not known'
        as because,
    ['license_code'] as missing
from subject
where license_code <> '' and license_code not in (select code from periods)
