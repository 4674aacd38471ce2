-- Was EEI filed after departure where 15 CFR 758.2 does not allow it? One row per situation and stretch of days in
-- which it was, or may have been. Not allowed: Country Groups E:1 and E:2; STA and VEU; the 600 series and 9x515; items
-- that require a BIS license, or controlled for more than AT or EI. 15 CFR 30.4(a): routed export transactions.
with headings as (
    select distinct unnest(schedule_b) as hs6 from provisions where kind = 'trigger'
),

judged as (
    select
        s.situation_key, s.eccn, coalesce(s.destination, '') as destination,
        greatest(r.from_on, e.from_on) as from_on, least(r.until_on, e.until_on) as until_on,
        coalesce(h.hs6 <> '' or s.license_code = 'T12', false) as is_diamond,
        if(s.routing = 'routed' or s.claim = 'other_agency' or is_diamond, '15 CFR 30.4(a)', '15 CFR 758.2') as closing,
        case
            when s.routing = 'routed' then 'this is a routed export transaction'
            when is_diamond then 'these are rough diamonds'
            when s.claim = 'other_agency' and s.license_code[1] in ('S', 'N')
                then 'an authorization of State or NRC, ' || s.license_code || ', is claimed'
            when s.claim = 'license' then 'a BIS license is claimed'
            when s.claim_symbol in ('STA', 'VEU') then 'License Exception ' || s.claim_symbol || ' is claimed'
            when e.state = 'in' then s.destination || ' is in Country Group E'
            when item_state('series', s.eccn) = 'in' then s.eccn || ' is in the 600 series or 9x515'
            when len(list_filter(r.reasons, lambda one: one not in ('AT', 'EI'))) > 0
                and item_state('at_only', s.eccn) = 'out'
                then s.eccn || ' is controlled for ' || array_to_string(r.reasons, ', ')
        end as ground,
        e.state = 'unknown' and s.destination <> '' as is_group_in_doubt,
        s.routing in ('not recorded', 'unread') as is_routing_open,
        coalesce(regexp_full_match(s.eccn, '[0-9][A-E][0-9]{3}(\..*)?') or s.eccn = 'EAR99', false) as has_eccn,
        coalesce(s.eccn = 'EAR99' or item_state('at_only', s.eccn) = 'in'
            or (len(r.reasons) > 0 and list_has_all(['AT', 'EI'], r.reasons)), false) as is_at_only,
        s.claim in ('not known', 'unknown code', 'at odds', 'other_agency') as is_claim_open
    from subject as s
    left join entry_reasons() as r on r.eccn = entry_of(s.eccn)
    left join headings as h on h.hs6 = s.hs6
    left join places('group_e') as e on e.destination is not distinct from s.destination
    where left(s.filing_option, 1) = '4' or s.itn_form = 'AESPOST' or s.exemption = 'AESPOST'
)

select
    situation_key, from_on, until_on, case when ground is not null then 'flagged' else 'undetermined' end as outcome,
    'filed after departure; ' || closing || if(ground is not null, ' does not allow', ' may not allow')
        || ' post-departure filing: '
        || coalesce(ground, concat_ws('; ',
            case when destination = '' then 'destination is not recorded' end,
            case when is_group_in_doubt then 'whether ' || destination || ' is in Country Group E is in doubt' end,
            case when is_claim_open then 'whether a license that rules it out is claimed is not known' end,
            case when is_routing_open
                then 'whether this is a routed export transaction (15 CFR 30.4(a)) is not known' end,
            case when not has_eccn then 'the ECCN is not known'
                when not is_at_only then 'the reasons for control of ' || eccn || ' are not known' end
        )) as because,
    case when ground is not null then [] else named([case when destination = '' then 'destination' end,
        case when not has_eccn then 'eccn' end, case when is_claim_open then 'license_code' end,
        case when is_routing_open then 'routed' end]) end as missing
from judged
where coalesce(from_on <= until_on, true)
    and (ground is not null or destination = '' or is_group_in_doubt or not has_eccn or is_claim_open or not is_at_only
        or is_routing_open)
