-- Do license code, symbol, ECCN and destination go together? One row per situation and stretch of days in which they do not,
-- or may not. AESTIR Appendix F, and for Country Group B 15 CFR 740.3 (LVS), 740.4 (GBS) and 740.6 (TSR).
with coded as (
    select
        s.*, c.kind, c.symbols, c.number_form, e.state = 'in' as is_encryption, r.state = 'in' as is_series,
        d.state = 'in' as is_paragraph_y_series, coalesce(e.state, 'out') = 'unknown' as has_no_eccn
    from subject as s
    join license_codes as c on c.code = s.license_code
    left join scope_items as e on e.name = 'encryption' and e.eccn is not distinct from s.eccn
    left join scope_items as r on r.name = 'series' and r.eccn is not distinct from s.eccn
    left join scope_items as d on d.name = 'paragraph_y' and d.eccn is not distinct from s.eccn
),

-- the symbol against the code; a code whose symbol was not seen has no form of it either
symbols as (
    select
        situation_key, case when number_form = '' then 'undetermined' else 'flagged' end as outcome,
        'code ' || license_code || ' goes with ' || array_to_string(symbols, ' or ') || ', and '
            || case
                when license_number_form = 'well formed' then 'a license number'
                when license_number_form = 'malformed' or contains(license_number_form, ' digits') then 'another number'
                else license_number_form
            end
            || ' is recorded' || case when number_form = '' then '; which symbol AES takes was not seen' else '' end
            as because,
        []::varchar[] as missing
    from coded
    where claim = 'at odds'
        or (kind = 'other_agency' and list_contains(symbols, number_form) and license_number_form not in ('', number_form))
),

-- NLR against the ECCN: to Canada such items need no license and no filing
not_nlr as (
    select
        situation_key, case when destination = '' or destination is null then 'undetermined' else 'flagged' end as outcome,
        case
            when is_encryption then 'AES takes no C33 with ' || eccn
            else 'AES takes C33 with ' || eccn || ', of the 600 series or 9x515, to Canada only'
        end || case when destination <> '' then '' else '; the destination is not recorded' end as because,
        case when destination <> '' then []::varchar[] else ['destination'] end as missing
    from coded
    where license_code = 'C33' and claim <> 'at odds' and (is_encryption or is_series)
        and destination is distinct from 'CA'
),

-- a code for certain ECCNs only
listed as (
    select
        situation_key,
        case
            when has_no_eccn then 'undetermined'
            when license_code = 'C50' and starts_with(eccn, '5') then 'undetermined'
            when is_paragraph_y_series and license_code = 'C60' and not contains(eccn, '.') then 'undetermined'
            else 'flagged'
        end as outcome,
        case
            when license_code = 'C50' then 'code C50 is for 5A002, 5B002, 5D002 and 5E002'
            else 'code C60 is for paragraph .y of the 600 series and 9x515'
        end || case
            when has_no_eccn then ', and no ECCN is known'
            when license_code = 'C50' and starts_with(eccn, '5')
                then ' in the edition read, of about 2013-14; whether ' || eccn || ' was added was not seen'
            when is_paragraph_y_series and not contains(eccn, '.') then ', and the paragraph of ' || eccn || ' is not recorded'
            else ', and ' || eccn || ' is recorded'
        end as because,
        case
            when has_no_eccn or (is_paragraph_y_series and license_code = 'C60' and not contains(eccn, '.')) then ['eccn']
            else []::varchar[]
        end as missing
    from coded
    where claim <> 'at odds' and (
        (license_code = 'C50' and is_encryption is not true)
        or (license_code = 'C60' and not coalesce(is_paragraph_y_series and starts_with(substr(eccn, 6) || '.', '.y.'), false))
    )
),

-- an exception for Country Group B only, on the days of its table
group_b as (
    select
        s.situation_key, coalesce(p.from_on, date '0001-01-01') as from_on,
        coalesce(p.until_on, date '9999-12-31') as until_on,
        case when p.state = 'unknown' then 'undetermined' else 'flagged' end as outcome,
        'License Exception ' || s.claim_symbol || ' is for Country Group B, ' || case
            when p.state = 'unknown' then 'and ' || p.note
            else 'and ' || s.destination || ' is not in it'
        end as because,
        case when coalesce(s.destination, '') = '' then ['destination'] else []::varchar[] end as missing
    from subject as s
    left join scope_places as p on p.name = 'group_b' and p.destination is not distinct from s.destination
    where s.claim = 'exception' and s.claim_symbol in ('LVS', 'GBS', 'TSR') and coalesce(p.state, 'out') <> 'in'
),

on_all_days as (
    from symbols union all from not_nlr union all from listed
)

select *, date '0001-01-01' as from_on, date '9999-12-31' as until_on from on_all_days
union all by name
from group_b
