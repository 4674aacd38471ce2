-- What does each version of a control say of each control situation, and from when until when? One row per control
-- situation, law and stretch of days within which nothing changes; only where the situation is, or may be, within its
-- scope. Versions that say the same share one law (law_key), so a copy of a rule costs no second decision.
-- The verdict is the same for every control: in scope, then by the authority claimed (15 CFR 758.1(g), part 740).
with answered_claims as (
    select
        r.* exclude (from_on, until_on),
        greatest(r.from_on, e.from_on, o.from_on) as from_on, least(r.until_on, e.until_on, o.until_on) as until_on,
        c.kind, c.symbol, c.is_license_well_formed, c.recorded_authority,
        a.answer, a.note as answer_note, a.doubt as answer_doubt,
        case when a.place_key is not null then coalesce(e.state, 'out') end as answer_place,
        case when a.item_key is not null then coalesce(x.state, 'out') end as answer_item,
        e.note as answer_place_note, x.note as answer_item_note,
        case
            when a.answer = 'limited' and o.is_offered is not true then 'closed'
            when o.state is not null then o.state
            when a.limits_key is not null then 'open'
        end as limit_state,
        case
            when a.answer = 'limited' and o.is_offered is not true
                then 'its entry offers it for other items or destinations'
            else nullif(o.note, '')
        end as limit_note,
        o.missing as limit_missing
    from rules_in_reach as r
    join claims as c
        on c.license_code is not distinct from r.license_code
        and c.license_number_form is not distinct from r.license_number_form
        and c.exception_paragraph is not distinct from r.exception_paragraph
    left join answers as a
        on c.kind = 'exception' and a.terms_key = r.terms_key
        and a.license_code is not distinct from r.license_code
        and a.license_number_form is not distinct from r.license_number_form
        and a.exception_paragraph is not distinct from r.exception_paragraph
    left join place_states as e
        on e.place_key = a.place_key and e.destination is not distinct from r.destination
        and e.from_on <= r.until_on and e.until_on >= r.from_on
    left join item_states as x on x.item_key = a.item_key and x.eccn is not distinct from r.eccn
    left join limit_states as o
        on o.limits_key = a.limits_key and o.eccn is not distinct from r.eccn
        and o.destination is not distinct from r.destination and o.order_value = r.order_value
        and o.from_on <= least(r.until_on, e.until_on) and o.until_on >= greatest(r.from_on, e.from_on)
),

claim_outcomes as (
    select
        *,
        -- the authority of another agency may be the license asked for (746.7(a)(2)); its number has no known form
        kind = 'other_agency' and coalesce(list_contains(agencies, license_code), false) as is_of_agency,
        case
            when kind = 'license' then if(is_license_well_formed, 'license-recorded', 'license-malformed')
            when is_of_agency then if(license_number_form <> '', 'license-recorded', 'license-malformed')
            when kind = 'nlr' then 'nlr'
            when kind = 'nothing' then 'no-authority'
            when kind = 'at odds' then 'authority-at-odds'
            when kind <> 'exception' then 'authority-unknown'
            when answer = 'closed' or answer_place = 'out' or answer_item = 'out' or limit_state = 'closed'
                then 'exception-closed'
            when answer = 'paragraph missing' then 'exception-paragraph'
            when answer = 'own_terms' then 'exception-terms'
            when answer not in ('open', 'limited') or answer_doubt is not null then 'exception-in-doubt'
            when answer_place = 'unknown' or answer_item = 'unknown' then 'exception-in-doubt'
            when limit_state = 'unknown' then 'exception-terms'
            else 'exception-open'
        end as claim_answer,
        case
            when kind = 'license' then case when is_license_well_formed then 'clear' else 'undetermined' end
            when kind in ('nlr', 'nothing') then 'flagged'
            when is_of_agency and license_number_form <> '' then 'clear'
            when kind <> 'exception' then 'undetermined'
            when answer = 'closed' or limit_state = 'closed' then 'flagged'
            when answer_place = 'out' or answer_item = 'out' then 'flagged'
            when answer not in ('open', 'limited') or answer_doubt is not null then 'undetermined'
            when 'unknown' in (answer_place, answer_item, limit_state) then 'undetermined'
            else 'clear'
        end as claim_outcome,
        case
            when kind = 'license' and is_license_well_formed then 'the license itself was not verified'
            when kind = 'license' then 'the license number is missing or not in the expected format'
            when is_of_agency and license_number_form <> '' then 'the authority itself was not verified'
            when is_of_agency then 'the number or citation of the authority is not recorded'
            when kind = 'unknown code' then 'the rulebook does not have this license code or symbol'
            when kind = 'other_agency' then 'this is an authority of another agency'
            when kind = 'at odds' then 'the license code and the symbol do not match'
            when kind = 'exception' and answer <> 'closed' and answer_place = 'out'
                then 'License Exception ' || symbol || ' is not available for ' || destination
            when kind = 'exception' and answer <> 'closed' and answer_item = 'out'
                then 'License Exception ' || symbol || ' is not available for ' || eccn
            when kind = 'exception' and answer <> 'closed' and limit_state = 'closed'
                then 'License Exception ' || symbol || ' is not available: ' || limit_note
            when kind = 'exception' then concat_ws('; ', answer_note,
                case when answer = 'limited' then 'License Exception ' || symbol || case limit_state
                    when 'open' then ' is available' else ' may be available; eligibility must be verified' end
                end, limit_note, answer_doubt,
                case when answer_place = 'unknown' then answer_place_note end,
                case when answer_item = 'unknown' then answer_item_note end)
        end as claim_note,
        case
            when kind = 'license' and not is_license_well_formed then ['license_number']
            when is_of_agency and coalesce(license_number_form, '') = '' then ['license_number']
            when kind in ('not known', 'unknown code', 'other_agency') then ['license_code']
            when kind = 'at odds' then ['license_code', 'license_number']
            when answer = 'paragraph missing' then ['exception_paragraph']
            when answer <> 'closed' and answer_place is distinct from 'out' and answer_item = 'unknown' then ['eccn']
            when answer_place is distinct from 'out' and answer_item is distinct from 'out' and limit_state = 'unknown'
                then limit_missing
            else []
        end as claim_missing
    from answered_claims
),

-- a version without an end is in effect for all dates that it does not begin after; that of a row of the Commerce
-- Control List is assumed for dates whose text was not read, as its authority says
lasting as (
    select
        version_key,
        case
            when any_value(v.is_row) or max(p.until_on) filter (p.is_in_force) <> date '9999-12-31' then ''
            else '; in effect for all dates screened'
        end as in_effect
    from rule_periods as p
    join rule_versions as v using (version_key)
    group by version_key
),

decided_rows as (
    select
        claim_outcomes.*,
        open_scope <> '' or doubt <> '' as is_open,
        case
            when v.governed_by is not null then 'undetermined'
            when claim_outcome = 'clear' then 'clear'
            when open_scope <> '' or doubt <> '' then 'undetermined'
            else claim_outcome
        end as outcome,
        case
            when v.governed_by is not null then 'governed-elsewhere'
            when claim_outcome = 'clear' then claim_answer
            when open_scope <> '' then 'scope-open'
            when doubt <> '' then 'law-in-doubt'
            else claim_answer
        end as verdict_answer,
        is_item_absent or is_place_absent or is_activity_absent as is_record_silent
    from claim_outcomes
    join rule_versions as v using (version_key)
)

select
    'control' as family, d.control_key as subject_key, v.law_key as rule_key, d.from_on, d.until_on, d.outcome,
    d.verdict_answer as answer,
    case when d.outcome = 'undetermined' and v.severity = 'high' then 'medium' else v.severity end as severity,
    concat(
        case when d.is_item_absent or coalesce(d.eccn, '') = '' then 'A line without a readable ECCN' else d.eccn end,
        case d.activity when 'reexport' then ' reexported to ' when 'in_country_transfer' then ' transferred within '
            else ' to ' end,
        case when d.is_place_absent then 'an unrecorded destination' else d.destination end
    ) as opening,
    concat(
        if(d.is_open or v.governed_by is not null, ' may require a license (', ' requires a license ('), v.reason, ', ',
        coalesce('effective ' || v.from_on, 'effective date not researched' || n.in_effect), ')',
        case when v.governed_by is not null then ': ' || v.governed_by || ' governs and is not in this rulebook' end,
        case when d.heading_told <> '' then '; ' || d.heading_told end,
        case when d.open_scope <> '' then ': ' || d.open_scope end,
        case when d.facts_told <> '' then '; ' || d.facts_told end,
        case when d.doubt <> '' then '; in doubt: ' || rtrim(d.doubt, '.') end,
        '; ', d.recorded_authority, case when d.claim_note <> '' then '; ' || d.claim_note end, '.',
        case when d.via is not null then ' ' || d.via || '.' end
    ) as statement,
    list_distinct(list_concat(
        case when d.is_item_unknown then ['eccn'] else [] end,
        case when d.is_place_absent then ['destination'] else [] end,
        case when d.is_activity_absent then ['activity'] else [] end,
        case when d.is_heading_absent and d.claim_outcome <> 'clear' then ['schedule_b'] else [] end,
        case when d.is_fact_absent and not d.is_place_absent and d.claim_outcome <> 'clear' then ['item_facts'] else []
        end,
        d.claim_missing
    )) as missing,
    d.outcome = 'undetermined' and d.is_record_silent as is_rolled_up,
    -- where nothing was lost, nothing is saved
    v.has_savings and (d.listed_from = v.from_on or not coalesce(v.saves_newly_listed, false)) and case
        when coalesce(d.destination, '') = '' then len(v.savings_except) = 0
        else not list_contains(v.savings_except, d.destination)
    end as has_savings,
    -- goods that were saved from a heading's first day may have been on the list before
    if(coalesce(v.saves_newly_listed, false), 'undetermined', 'clear') as outcome_if_saved,
    v.en_route_on, v.exported_before, v.look_until
from decided_rows as d
join rule_versions as v on v.version_key = d.version_key
join lasting as n on n.version_key = d.version_key
