-- Under which authority did it go? One row per distinct authority recorded: what kind of claim it is, in the words of
-- 15 CFR 758.1(g) and AESTIR Appendix F.
with recorded_claims as (
    select distinct license_code, license_number_form, exception_paragraph from control_situations
),

-- an exception that a rule names is one, also where no AES code is known for it (SPP, MED)
symbols as (
    select unnest(symbols) as symbol, kind from license_codes where kind in ('nlr', 'exception')
    union
    select symbol, 'exception' from exception_terms where symbol <> '*'
),

looked_up_claims as (
    select
        r.license_code, r.license_number_form, r.exception_paragraph,
        coalesce(r.license_code, '') as code, coalesce(r.license_number_form, '') as number,
        number in ('well formed', 'malformed', 'of an application', '05 and seven digits', 'UK and nine digits')
            as is_number,
        c.kind as code_kind, c.symbols, c.takes_own_number, c.number_form = '[A-Z][0-9]{6}' as takes_bis_number,
        (select any_value(s.kind) from symbols as s where s.symbol = r.license_number_form) as symbol_kind
    from recorded_claims as r
    left join license_codes as c on c.code = r.license_code
),

read_claims as (
    select
        *,
        case
            when code = '' and number = '' and (license_code is null or license_number_form is null) then 'not known'
            when code = '' and number = '' then 'nothing'
            when code = '' and is_number then 'license'
            when code = '' and symbol_kind is not null then symbol_kind
            when code = '' or code_kind is null then 'unknown code'
            when code_kind in ('license', 'other_agency') then code_kind
            when (number = '' or is_number) and takes_own_number then code_kind
            when number = '' or list_contains(symbols, number) then code_kind
            else 'at odds'
        end as kind
    from looked_up_claims
)

select
    license_code, license_number_form, exception_paragraph, kind,
    case
        when kind <> 'exception' then null
        when code = '' then number
        when list_contains(symbols, number) then number
        else symbols[-1]
    end as symbol,
    kind = 'license' and number = 'well formed' and (code = '' or takes_bis_number) as is_license_well_formed,
    case
        when kind = 'nothing' then 'no license authority is recorded'
        when kind = 'not known' then 'the source does not provide the license authority'
        else 'recorded authority: ' || concat_ws(' ', nullif(code, ''), case number
            when 'well formed' then '(license number in the expected format)'
            when 'malformed' then '(license number not in the expected format)'
            when 'of an application' then '(the number looks like that of an application or a classification)'
            when '05 and seven digits' then '(05 and seven digits)'
            when 'UK and nine digits' then '(UK and nine digits)'
            when '' then null
            else number
        end, nullif(exception_paragraph, ''))
    end as recorded_authority
from read_claims
