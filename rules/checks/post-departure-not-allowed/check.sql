-- Was it filed after departure though 15 CFR 758.2 closes that? One row per situation and stretch of days in which it was,
-- or may have been. Closed: Country Groups E:1 and E:2; STA and VEU; the 600 series and 9x515; items that need a BIS license,
-- or controlled for more than AT or EI.
with reasons as (
    select eccn, reasons, from_on, until_on from eccn_periods
    union all
    select eccn, [], date '0001-01-01', min(from_on) - 1
    from eccn_periods
    group by eccn
    having min(from_on) > date '0001-01-01'
),

judged as (
    select
        s.situation_key, s.eccn, coalesce(s.destination, '') as destination, s.claim,
        greatest(coalesce(r.from_on, date '0001-01-01'), coalesce(e.from_on, date '0001-01-01')) as from_on,
        least(coalesce(r.until_on, date '9999-12-31'), coalesce(e.until_on, date '9999-12-31')) as until_on,
        case
            when s.claim = 'license' then 'a BIS license is claimed'
            when s.claim_symbol in ('STA', 'VEU') then 'License Exception ' || s.claim_symbol || ' is claimed'
            when e.state = 'in' then s.destination || ' is in Country Group E'
            when w.state = 'in' then s.eccn || ' is of the 600 series or 9x515'
            when len(list_filter(r.reasons, lambda one: one not in ('AT', 'EI'))) > 0 and coalesce(i.state, 'out') = 'out'
                then s.eccn || ' is controlled for ' || array_to_string(r.reasons, ', ')
        end as ground,
        e.state = 'unknown' and s.destination <> '' as is_group_in_doubt,
        coalesce(regexp_full_match(s.eccn, '[0-9][A-E][0-9]{3}(\..*)?') or s.eccn = 'EAR99', false) as has_eccn,
        s.eccn = 'EAR99' or i.state = 'in' or (len(r.reasons) > 0 and list_has_all(['AT', 'EI'], r.reasons)) as is_at_only
    from subject as s
    left join reasons as r on r.eccn = regexp_extract(s.eccn, '^([0-9][A-E][0-9]{3})(\.|$)', 1)
    left join scope_places as e on e.name = 'group_e' and e.destination is not distinct from s.destination
    left join scope_items as w on w.name = 'series' and w.eccn is not distinct from s.eccn
    left join scope_items as i on i.name = 'at_only' and i.eccn is not distinct from s.eccn
    where left(s.filing_option, 1) = '4' or s.itn_form = 'AESPOST' or s.exemption = 'AESPOST'
)

select
    situation_key, from_on, until_on,
    case when ground is not null then 'flagged' else 'undetermined' end as outcome,
    'filed after departure, which 15 CFR 758.2 ' || case when ground is not null then 'closes; ' else 'may close; ' end
        || coalesce(ground, concat_ws('; ',
        case when destination = '' then 'no destination is recorded' end,
        case when is_group_in_doubt then 'whether ' || destination || ' is in Country Group E is in doubt' end,
        case when claim in ('not known', 'unknown code', 'at odds') then 'whether a license is claimed is not known' end,
        case
            when not has_eccn then 'no ECCN is known'
            when is_at_only is not true then 'the reasons for which ' || eccn || ' is controlled are not known'
        end)) as because,
    case when ground is not null then []::varchar[] else list_filter([
        case when destination = '' then 'destination' end,
        case when not has_eccn then 'eccn' end,
        case when claim in ('not known', 'unknown code', 'at odds') then 'license_code' end
    ], lambda one: one is not null) end as missing
from judged
where from_on <= until_on and (ground is not null or destination = '' or is_group_in_doubt or not has_eccn
    or claim in ('not known', 'unknown code', 'at odds') or is_at_only is not true)
