-- Is the ECCN missing where 15 CFR 758.1(g) requires it? One row per situation and stretch of days in which it is, or
-- may be. Required: always under a license or license exception, except TMP 740.9(b)(3); under NLR if the item is
-- controlled for more than AT, and for any item on the CCL to certain destinations. EAR99 is not on the CCL.
with asked as (
    -- what was not filed has no EEI: an exemption is claimed, or the export was intangible
    select *, entry_of(eccn) as entry, coalesce(exception_paragraph, '') as paragraph
    from subject
    -- what cannot be read is for eccn-malformed
    where coalesce(eccn_recorded, '') = '' and claim <> 'other_agency'
        and (is_filed(itn_form, exemption)
            or (form is distinct from 'intangible'
                and (claim = 'license' or not coalesce(starts_with(exemption, '30.'), false))))
),

judged as (
    select
        a.situation_key, a.eccn_recorded, greatest(r.from_on, v.from_on, m.from_on) as from_on,
        least(r.until_on, v.until_on, m.until_on) as until_on,
        case
            when a.claim = 'license' then ['yes', 'for any export under a license']
            when a.claim = 'exception' and a.claim_symbol = 'TMP' and starts_with(a.paragraph, '740.9(b)(3)')
                then ['no', '']
            when a.claim = 'exception' and a.claim_symbol = 'TMP' and starts_with('740.9(b)(3)', a.paragraph) then [
                'paragraph', 'under TMP except 740.9(b)(3), and the paragraph is not recorded']
            when a.claim = 'exception' then ['yes', 'for this export under a license exception']
            when a.claim <> 'nlr' then ['code', 'depending on the license authority, which is not known']
            when a.eccn = 'EAR99' then ['no', '']
            when coalesce(a.entry, '') = '' then ['perhaps',
                'under NLR for items controlled for more than AT, and no record identifies the item']
            when v.state = 'in'
                then ['yes', 'for ' || a.entry || ' to ' || a.destination || ', whatever the reason for control']
            when item_state('at_only', a.eccn) = 'in' then ['no', '']
            when len(list_filter(r.reasons, lambda one: one <> 'AT')) > 0 and item_state('at_only', a.eccn) = 'out'
                then ['yes', 'for ' || a.entry || ', controlled for ' || array_to_string(r.reasons, ', ')]
            when coalesce(v.state, m.state, 'out') <> 'out' then ['perhaps', 'for certain items on the CCL to '
                || coalesce(nullif(a.destination, ''), 'certain destinations') || ', under NLR as well']
            when r.reasons = ['AT'] then ['no', '']
            else ['perhaps', 'under NLR for items controlled for more than AT, and the reasons for control of '
                || a.eccn || ' are not known']
        end as verdict
    from asked as a
    left join entry_reasons() as r on r.eccn = a.entry and r.eccn <> 'EAR99' and a.claim = 'nlr'
    left join places('always') as v on v.destination is not distinct from a.destination and a.claim = 'nlr'
    left join places('perhaps_always') as m on m.destination is not distinct from a.destination and a.claim = 'nlr'
)

select
    situation_key, from_on, until_on,
    case when verdict[1] = 'yes' and eccn_recorded = '' then 'flagged' else 'undetermined' end as outcome,
    if(eccn_recorded is null, 'the source does not provide the ECCN', 'ECCN is not recorded')
        || '; 15 CFR 758.1(g) requires it ' || verdict[2] as because,
    case when verdict[1] = 'yes' and eccn_recorded = '' then [] else named(['eccn',
        case verdict[1] when 'paragraph' then 'exception_paragraph' when 'code' then 'license_code' end]) end as missing
from judged
where verdict[1] <> 'no' and coalesce(from_on <= until_on, true)
