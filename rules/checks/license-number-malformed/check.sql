-- Does the license number have the form that its code wants? One row per situation in which it has not, or may not
-- have. AESTIR Appendix F, as tables/license_codes.csv has the forms. A symbol that does not belong to its code is for
-- license-code-mismatch; whether the letter before six digits is the A of C67 is no fact of the line.
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
            when 'malformed' then 'of another form'
            when 'well formed' then 'one letter and six digits'
            else s.license_number_form
        end as recorded,
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
    'a number of ' || license_code || ' is ' || words || case when is_bis and not is_of_another_code
        then '; the one recorded is not, and whether BIS uses other forms was not seen'
        else ', and the one recorded is ' || recorded
    end as because,
    case when is_bis and not is_of_another_code then ['license_number'] else []::varchar[] end as missing
from coded
union all by name
select
    situation_key, 'undetermined' as outcome,
    'what is recorded as license number is neither a symbol nor of the form of BIS, and no code says what it should be'
        as because,
    ['license_code'] as missing
from subject
where coalesce(license_code, '') = '' and license_number_form not in ('', 'well formed')
    and claim in ('license', 'unknown code')
