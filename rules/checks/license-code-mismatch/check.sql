-- Does the license code match the symbol, ECCN and destination? One row per situation and stretch of days in which it
-- does not, or may not. AESTIR Appendix F, and for Country Group B 15 CFR 740.3 (LVS), 740.4 (GBS) and 740.6 (TSR).
with coded as (
    select
        s.*, c.kind, c.symbols, c.number_form, item_state('encryption', s.eccn) as encryption,
        item_state('series', s.eccn) as series, item_state('paragraph_y', s.eccn) = 'in' as is_y_series,
        coalesce(starts_with(substr(eccn, 6) || '.', '.y.'), false) as is_paragraph_y, contains(eccn, '.') as is_fine
    from subject as s
    join license_codes as c on c.code = s.license_code
),

-- a code whose symbol was not seen has no form of it either; and what a code wants of the ECCN, NLR to Canada apart
said as (
    select situation_key, [if(number_form = '', 'undetermined', 'flagged')] as outcome,
        'license code ' || license_code || ' goes with ' || array_to_string(symbols, ' or ') || '; ' || case
            when license_number_form = 'well formed' then 'a license number'
            when license_number_form = 'malformed' or contains(license_number_form, ' digits') then 'another number'
            else license_number_form
        end || ' is recorded' || if(number_form = '', '; which symbol AES accepts was not seen', '') as because
    from coded
    where claim = 'at odds' or (kind = 'other_agency' and list_contains(symbols, number_form)
        and license_number_form not in ('', number_form))
    union all
    select situation_key, if(destination <> '', ['flagged'], ['undetermined', 'destination']),
        if(encryption = 'in', 'AES does not accept C33 with ' || eccn,
            'AES accepts C33 with ' || eccn || ' (600 series or 9x515) to Canada only')
        || if(destination <> '', '', '; destination is not recorded')
    from coded
    where license_code = 'C33' and claim <> 'at odds' and 'in' in (encryption, series)
        and destination is distinct from 'CA'
    union all
    select situation_key,
        case
            when encryption = 'unknown' then ['undetermined', 'eccn', '; the ECCN is not known']
            when license_code = 'C50' and starts_with(eccn, '5') then ['undetermined', '',
                ' in the edition read (about 2013-14); whether ' || eccn || ' was added was not seen']
            when license_code = 'C60' and is_y_series and not is_fine
                then ['undetermined', 'eccn', '; the paragraph of ' || eccn || ' is not recorded']
            else ['flagged', '', '; ' || eccn || ' is recorded']
        end as outcome,
        if(license_code = 'C50', 'license code C50 is for 5A002, 5B002, 5D002 and 5E002',
            'license code C60 is for paragraph .y of the 600 series and 9x515') || outcome[3]
    from coded
    where claim <> 'at odds' and ((license_code = 'C50' and encryption <> 'in')
        or (license_code = 'C60' and not (is_y_series and is_paragraph_y)))
)

select situation_key, always() as from_on, forever() as until_on, outcome[1] as outcome, because,
    named([nullif(outcome[2], '')]) as missing
from said
union all by name
-- an exception for Country Group B only, on the days of its table
select
    s.situation_key, p.from_on, p.until_on, if(p.state = 'unknown', 'undetermined', 'flagged') as outcome,
    'License Exception ' || s.claim_symbol || ' is limited to Country Group B; '
    || if(p.state = 'unknown', p.note, s.destination || ' is not in Country Group B') as because,
    named([if(coalesce(s.destination, '') = '', 'destination', null)]) as missing
from subject as s
left join places('group_b') as p on p.destination is not distinct from s.destination
where s.claim = 'exception' and s.claim_symbol in ('LVS', 'GBS', 'TSR') and coalesce(p.state, 'out') <> 'in'
