-- Is an ECCN recorded where one is to be reported? One row per situation and stretch of days in which none is, or may have
-- to be. 15 CFR 758.1(g): always under a license or exception, but for TMP 740.9(b)(3); under NLR where the item is controlled
-- for more than AT, and for any item of the CCL to certain destinations. EAR99 is not on the CCL.
with reasons as (
    select eccn, reasons, from_on, until_on from eccn_periods where eccn <> 'EAR99'
    union all
    select eccn, [], date '0001-01-01', min(from_on) - 1
    from eccn_periods
    group by eccn
    having min(from_on) > date '0001-01-01'
),

-- what was not filed has no EEI: an exemption is claimed, or it went by wire
asked as (
    select *, regexp_extract(eccn, '^([0-9][A-E][0-9]{3})(\.|$)', 1) as entry
    from subject
    where not is_eccn and claim <> 'other_agency'
        and (coalesce(itn_form, '') in ('well formed', 'AESPOST', 'AESDOWN')
            or coalesce(exemption, '') in ('ITN', 'AESPOST', 'AESDOWN')
            or (form is distinct from 'intangible'
                and (claim = 'license' or not coalesce(starts_with(exemption, '30.'), false))))
),

judged as (
    select
        a.situation_key, a.eccn_recorded,
        greatest(coalesce(r.from_on, date '0001-01-01'), coalesce(v.from_on, date '0001-01-01'),
            coalesce(m.from_on, date '0001-01-01')) as from_on,
        least(coalesce(r.until_on, date '9999-12-31'), coalesce(v.until_on, date '9999-12-31'),
            coalesce(m.until_on, date '9999-12-31')) as until_on,
        case
            when a.claim = 'license' then ['yes', 'under a license always']
            when a.claim = 'exception' and a.claim_symbol is distinct from 'TMP' then ['yes', 'under an exception always']
            when a.claim = 'exception' and starts_with(a.exception_paragraph, '740.9(b)(3)') then ['no', '']
            when a.claim = 'exception' and starts_with('740.9(b)(3)', coalesce(a.exception_paragraph, ''))
                then ['perhaps paragraph', 'under TMP always but for 15 CFR 740.9(b)(3), and the paragraph is not recorded']
            when a.claim = 'exception' then ['yes', 'under an exception always']
            when a.claim <> 'nlr' then ['perhaps code', 'as the authority demands, which is not known']
            when a.eccn = 'EAR99' then ['no', '']
            when coalesce(a.entry, '') = ''
                then ['perhaps', 'under NLR for items controlled for more than AT, and no record says which item this is']
            when v.state = 'in' then ['yes', 'for ' || a.entry || ' to ' || a.destination || ', whatever the reason for control']
            when i.state = 'in' then ['no', '']
            when len(list_filter(r.reasons, lambda one: one <> 'AT')) > 0 and coalesce(i.state, 'out') = 'out'
                then ['yes', 'for ' || a.entry || ', controlled for ' || array_to_string(r.reasons, ', ')]
            when coalesce(v.state, m.state, 'out') <> 'out'
                then ['perhaps', 'for certain items of the CCL to ' || coalesce(nullif(a.destination, ''),
                    'certain destinations') || ' under NLR too']
            when r.reasons = ['AT'] then ['no', '']
            else ['perhaps', 'under NLR for items controlled for more than AT, and the reasons for which ' || a.eccn
                || ' is controlled are not known']
        end as verdict
    from asked as a
    left join reasons as r on r.eccn = a.entry and a.claim = 'nlr'
    left join scope_items as i on i.name = 'at_only' and i.eccn is not distinct from a.eccn
    left join scope_places as v
        on v.name = 'always' and v.destination is not distinct from a.destination and a.claim = 'nlr'
    left join scope_places as m
        on m.name = 'perhaps_always' and m.destination is not distinct from a.destination and a.claim = 'nlr'
)

select
    situation_key, from_on, until_on,
    case when verdict[1] = 'yes' and eccn_recorded = '' then 'flagged' else 'undetermined' end as outcome,
    case
        when eccn_recorded is null then 'the source has no ECCN'
        when eccn_recorded = '' then 'no ECCN is recorded'
        else 'what is recorded as ECCN, ' || eccn_recorded || ', is none'
    end || '; it is to be reported ' || verdict[2] as because,
    case
        when verdict[1] = 'yes' and eccn_recorded = '' then []::varchar[]
        when verdict[1] = 'perhaps paragraph' then ['eccn', 'exception_paragraph']
        when verdict[1] = 'perhaps code' then ['eccn', 'license_code']
        else ['eccn']
    end as missing
from judged
where verdict[1] <> 'no' and from_on <= until_on
