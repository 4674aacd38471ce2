-- What does each listing come to, by what the entry requires and by the authority recorded? One row per listing and
-- stretch of days. 15 CFR 744.11 (Entity List: no exception but what the entry opens), 744.15 and 740.2(a)(17)
-- (Unverified List), 744.21 (Military End-User List), 764.2(k) (denied persons), 744.8 (blocked persons).
with asked_listings as (
    select
        l.* replace (
            greatest(l.from_on, s.from_on) as from_on, least(l.until_on, s.until_on) as until_on
        ),
        s.eccn as supplement_eccn, s.is_part, s.is_sure as is_in_supplement, s.note as supplement_note,
        c.kind, c.symbol, c.is_license_well_formed, c.recorded_authority
    from party_listings as l
    join claims as c
        on c.license_code is not distinct from l.license_code
        and c.license_number_form is not distinct from l.license_number_form
        and c.exception_paragraph is not distinct from l.exception_paragraph
    left join supplement_2 as s
        on l.requirement = 'Supplement 2' and is_eccn(l.eccn)
        and (starts_with(l.eccn || '.', s.eccn || '.') or starts_with(s.eccn, l.eccn || '.'))
        and s.from_on <= l.until_on and s.until_on >= l.from_on
),

needs as (
    select
        *,
        case
            when requirement in ('denied', 'no exceptions', 'red flag') then requirement
            when requirement in ('all items', 'all items, exceptions as worded') then 'license'
            when requirement = 'blocked' then if(is_named_program, 'license', 'open')
            when requirement = 'CCL and Supplement 7' then if(is_eccn(eccn) and eccn <> 'EAR99', 'license', 'open')
            when requirement = 'Supplement 2' then case
                when is_eccn(eccn) is not true then 'open'
                when supplement_eccn is null then 'none'
                when is_part or not is_in_supplement then 'open'
                else 'license'
            end
            else 'open'
        end as need,
        case
            when requirement = 'all items, exceptions as worded' and symbol = 'GOV' then 'terms'
            -- 15 CFR 740.2(a)(5): items controlled for MT, for safety of flight, to listed parties of these countries
            when list = 'EL' and list_has_any(entry_countries, ['IN', 'PK']) and eccn <> 'EAR99'
                and symbol in ('TMP', 'RPL', 'GOV', 'TSU', 'AVS') then 'terms'
            when list = 'MEU' and symbol = 'GOV' and coalesce(exception_paragraph, '') = '' then 'paragraph'
            when list = 'MEU' and symbol = 'GOV' and starts_with('740.11(b)(2)', exception_paragraph) then 'paragraph'
            when list = 'MEU' and symbol = 'GOV'
                and regexp_matches(exception_paragraph, '^740\.11\(b\)\(2\)\((i|ii)\)') then 'open'
            else 'closed'
        end as exception_state
    from asked_listings
),

answered as (
    select
        *,
        case
            when need = 'none' then 'outside-requirement'
            when need = 'denied' then 'party-denied'
            when need = 'red flag' then 'party-red-flag'
            -- a license of BIS is no authorization of OFAC, which alone is wanted where 15 CFR 744.8 names no program
            when kind = 'license' and is_license_well_formed and (requirement <> 'blocked' or is_named_program)
                then 'license-recorded'
            when need = 'no exceptions' and kind = 'exception' then 'exception-closed'
            when need = 'no exceptions' then 'party-statement'
            when kind = 'license' and not (requirement = 'blocked' and need = 'open') then 'license-malformed'
            when need = 'open' then 'party-terms'
            when kind = 'exception' and exception_state = 'terms' then 'exception-terms'
            when kind = 'exception' and exception_state = 'paragraph' then 'exception-paragraph'
            when kind = 'exception' and exception_state = 'open' then 'exception-open'
            when kind = 'exception' then 'exception-closed'
            when kind = 'nlr' then 'nlr'
            when kind = 'nothing' then 'no-authority'
            when kind = 'at odds' then 'authority-at-odds'
            else 'authority-unknown'
        end as law_answer
    from needs
)

select
    * exclude (supplement_eccn, is_part, is_in_supplement),
    case
        when law_answer in ('outside-requirement', 'license-recorded', 'exception-open') then 'clear'
        when open_by is not null then 'undetermined'
        when law_answer in ('party-denied', 'exception-closed', 'nlr', 'no-authority') then 'flagged'
        else 'undetermined'
    end as outcome,
    if(outcome <> 'clear' and open_by is not null, open_by, law_answer) as answer
from answered
