-- Is each filing situation what an EEI provision asks of the line itself? One row per filing situation and provision
-- version of which it is not known to be something else, with a state each (in, unknown) for its license code, form,
-- value, way on and Schedule B number.
with symbols as (
    select p.version_key, list(distinct s.symbol) as symbols
    from provisions as p
    join license_codes as c on list_contains(p.license_codes, c.code)
    cross join unnest(c.symbols) as s(symbol)
    group by p.version_key
),

states as (
    select
        f.*, p.version_key, p.kind as provision_kind, p.item_key, p.place_key, p.via_key, p.threshold,
        case
            when len(p.license_codes) = 0 or list_contains(p.license_codes, f.license_code) then 'in'
            when coalesce(f.license_code, '') = '' and list_contains(s.symbols, f.claim_symbol) then 'in'
            when f.claim = 'not known' then 'unknown'
            when f.claim in ('at odds', 'unknown code') and list_contains(s.symbols, f.license_number_form)
                then 'unknown'
            else 'out'
        end as code_state,
        case when p.form is null or p.form = f.shape then 'in' when f.shape = 'unknown' then 'unknown' else 'out' end
            as form_state,
        case
            when p.threshold is null then 'in'
            when f.low_value = 'unknown' then 'unknown'
            when f.low_value = case when p.kind = 'trigger' then 'over' else 'under' end then 'in'
            else 'out'
        end as value_state,
        case when p.not_onward and (f.elsewhere <> '' or f.region_unread <> '') then 'unknown' else 'in' end
            as onward_state,
        case
            when len(p.schedule_b) = 0 or list_contains(p.schedule_b, f.hs6) then 'in'
            when len(f.hs6) between 1 and 5
                and len(list_filter(p.schedule_b, lambda number: starts_with(number, f.hs6))) > 0
                then 'unknown'
            else 'out'
        end as number_state,
        string_split(f.low_value_missing, ' ') as value_parts
    from filing_situations as f
    cross join provisions as p
    -- most provisions are of other items or places
    semi join item_states as i
        on i.item_key = p.item_key and i.eccn is not distinct from f.eccn and i.state <> 'out'
    semi join place_states as d
        on d.place_key = p.place_key and d.destination is not distinct from f.destination and d.state <> 'out'
    left join symbols as s on s.version_key = p.version_key
    where not p.license_required and len(p.lists) = 0 and p.presumed_absent is null
        and (p.via_key is null or f.via_country <> '')
        and (not p.own_terms or list_contains(p.legends, f.legend))
        and (len(p.shipped_from) = 0 or list_contains(p.shipped_from, if(f.leaves_from = '', 'US', f.leaves_from)))
)

select *
from states
where code_state <> 'out' and form_state <> 'out' and value_state <> 'out' and number_state <> 'out'
