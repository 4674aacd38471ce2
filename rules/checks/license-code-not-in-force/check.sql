-- Does AES accept the license code on the export date? One row per situation and stretch of days on which it does not,
-- or on which that is not known. AESTIR Appendix F, as given in tables/license_codes.csv.
with periods as (
    select code, from_on, until_on, doubt from license_code_periods
)

select
    s.situation_key, f.from_on, f.until_on, f.outcome,
    'license code ' || f.code || case
        when f.begins_on is not null then ' is valid in AES from ' || f.begins_on || ', not on this date'
        when f.ended_on is not null
            then ' was valid in AES through ' || f.ended_on || ' at the latest, not on this date'
        else ' may or may not be valid in AES on this date: ' || f.doubt
    end as because,
    named([]) as missing
from subject as s
join not_in_force(periods) as f on f.code = s.license_code
union all by name
select
    situation_key, always() as from_on, forever() as until_on, 'undetermined' as outcome,
    'license code ' || license_code || ' is not in the rulebook''s table of codes, so it is not known whether AES '
        || 'accepts it' as because,
    ['license_code'] as missing
from subject
where license_code <> '' and license_code not in (select code from periods)
