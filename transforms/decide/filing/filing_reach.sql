-- Which EEI provisions is each filing situation within, and when? One row per filing situation, provision version and
-- stretch of days: in, or unknown with what is not known. Whether a license is needed is asked in license_needed.
with symbols as (
    select p.version_key, list(distinct s.symbol) as symbols
    from provisions as p
    join license_codes as c on list_contains(p.license_codes, c.code)
    cross join unnest(c.symbols) as s(symbol)
    group by p.version_key
),

-- what a provision asks of the line itself; NULL in a column is not asked
asked_provisions as (
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
        case when p.not_onward and f.elsewhere <> '' then 'unknown' else 'in' end as onward_state
    from filing_situations as f
    cross join provisions as p
    left join symbols as s on s.version_key = p.version_key
    where not p.license_required and p.presumed_absent is null
        and (len(p.schedule_b) = 0 or list_contains(p.schedule_b, f.hs6))
        and (p.via_key is null or f.via_country <> '')
        and (not p.own_terms or list_contains(p.legends, f.legend))
        and (len(p.shipped_from) = 0 or list_contains(p.shipped_from, if(f.leaves_from = '', 'US', f.leaves_from)))
)

select
    a.filing_key, a.version_key,
    greatest(r.from_on, d.from_on, coalesce(v.from_on, r.from_on), coalesce(t.from_on, r.from_on)) as from_on,
    least(r.until_on, d.until_on, coalesce(v.until_on, r.until_on), coalesce(t.until_on, r.until_on)) as until_on,
    t.number as threshold_usd,
    case
        when 'unknown' in (a.code_state, a.form_state, a.value_state, a.onward_state, i.state, d.state)
            or v.state = 'unknown' or r.doubt is not null or q.state <> 'out' then 'unknown'
        else 'in'
    end as state,
    concat_ws('; ',
        case when i.state = 'unknown' then i.note end, case when d.state = 'unknown' then d.note end,
        case when v.state = 'unknown' then v.note end,
        case when a.code_state = 'unknown' and a.claim = 'not known'
            then 'the source does not provide the license authority'
            when a.code_state = 'unknown' then 'its symbol is recorded with another license code' end,
        case when a.form_state = 'unknown' then 'whether the export was tangible is not recorded' end,
        case when a.value_state = 'unknown' then 'the total for its Schedule B number is not known, as '
            || concat_ws(', and as ',
                replace(nullif(regexp_replace(a.low_value_missing, ' ?currency$', ''), ''), ' ', ', ')
                    || ' is not recorded on this line or on one that may be of the same shipment',
                case when ends_with(a.low_value_missing, 'currency') then 'the value of this line or of one that may be'
                    || ' of the same shipment is not recorded in US dollars, and no exchange rate for its currency and'
                    || ' day is provided' end) end,
        case when a.onward_state = 'unknown'
            then 'a party in ' || a.elsewhere || ' is recorded, so the goods may go on to another country' end,
        nullif(rtrim(concat_ws(' ', r.doubt, case when q.state <> 'out' then r.item_doubt end), '.'), '')
    ) as note,
    list_concat(
        case when i.state = 'unknown' then ['eccn'] else [] end,
        case when d.is_absent then ['destination'] else [] end,
        case when a.code_state = 'unknown' then ['license_code'] else [] end,
        case when a.form_state = 'unknown' then ['form'] else [] end,
        case when a.value_state = 'unknown' then string_split(a.low_value_missing, ' ') else [] end
    ) as missing,
    coalesce(i.is_absent, false) or coalesce(d.is_absent, false) or (a.code_state = 'unknown' and a.claim = 'not known')
        as is_silent
from asked_provisions as a
join item_states as i on i.item_key = a.item_key and i.eccn is not distinct from a.eccn and i.state <> 'out'
join place_states as d
    on d.place_key = a.place_key and d.destination is not distinct from a.destination and d.state <> 'out'
join rule_periods as r on r.version_key = a.version_key and r.from_on <= d.until_on and r.until_on >= d.from_on
left join place_states as v
    on v.place_key = a.via_key and v.destination = a.via_country and v.state <> 'out'
    and v.from_on <= least(r.until_on, d.until_on) and v.until_on >= greatest(r.from_on, d.from_on)
left join parameters as t
    on t.name = a.threshold and t.from_on <= least(r.until_on, d.until_on, coalesce(v.until_on, r.until_on))
    and t.until_on >= greatest(r.from_on, d.from_on, coalesce(v.from_on, r.from_on))
left join item_states as q on q.item_key = r.doubted_item_key and q.eccn is not distinct from a.eccn
where a.code_state <> 'out' and a.form_state <> 'out' and a.value_state <> 'out'
    and (a.via_key is null or v.state is not null)
    and (r.is_in_force or r.doubt is not null or q.state <> 'out')
