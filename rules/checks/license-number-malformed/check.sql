-- Is the license number in the format that its license code requires? One row per situation in which it is not, or may
-- not be. AESTIR Appendix F; tables/license_codes.csv has the formats. A symbol that does not belong to its code is for
-- license-code-mismatch; whether the letter before six digits is the A of C67 is not known of a line.
with forms as (
    select * from (values
        ('[A-Z][0-9]{6}', 'well formed', 'one letter and six digits'),
        ('A[0-9]{6}', 'well formed', 'the letter A and six digits'),
        ('05[0-9]{7}', '05 and seven digits', '05 and seven digits'),
        ('UK[0-9]{9}', 'UK and nine digits', 'UK and nine digits')
    ) as known(number_form, fact, words)
),

symbols as (
    select distinct unnest(symbols) as symbol from license_codes
),

coded as (
    select
        s.situation_key, s.license_code, f.words, f.number_form = '[A-Z][0-9]{6}' as is_bis,
        case s.license_number_form
            when 'malformed' then 'in another format'
            when 'of an application' then 'like that of an application or a classification'
            when 'well formed' then 'one letter and six digits'
            else s.license_number_form
        end as recorded,
        s.license_number_form = 'of an application' as is_of_application,
        s.license_number_form in ('05 and seven digits', 'UK and nine digits')
            or s.license_number_form in (select symbol from symbols) as is_of_another_code
    from subject as s
    join license_codes as c on c.code = s.license_code
    join forms as f on f.number_form = c.number_form
    where s.license_number_form <> '' and s.license_number_form <> f.fact and s.claim <> 'at odds'
)

select
    situation_key,
    case when is_bis and not is_of_another_code then 'undetermined' else 'flagged' end as outcome,
    'a license number for ' || license_code || ' is ' || words || case
        when is_bis and is_of_application
            then '; the recorded number is ' || recorded || ' (it begins with Z or G)'
        when is_bis and not is_of_another_code
            then '; the recorded number is not, and whether BIS uses other formats was not seen'
        else '; the recorded number is ' || recorded
    end as because,
    case when is_bis and not is_of_another_code then ['license_number'] else []::varchar[] end as missing
from coded
union all by name
select
    situation_key, 'undetermined' as outcome,
    'the recorded license number is neither a symbol nor in BIS format, and no license code shows which format applies'
        as because,
    ['license_code'] as missing
from subject
where coalesce(license_code, '') = '' and license_number_form not in ('', 'well formed')
    and claim in ('license', 'unknown code')
