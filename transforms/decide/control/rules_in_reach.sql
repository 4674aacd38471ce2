-- Which versions of controls is each control situation within, or may it be, and from when until when? One row per
-- control situation, law and stretch of days within which the scope does not change. Versions that say the same share
-- one law (law_key).
with asked_places as (
    select distinct eccn, destination from control_situations
),

-- of what an ECCN is within, few places are those of the line: asked once for all that share both
places_in_reach as materialized (
    select
        a.eccn, a.destination, v.version_key,
        i.is_absent as is_item_absent, i.state as item_state, i.note as item_note,
        d.is_absent as is_place_absent, d.state as place_state, d.note as place_note, d.via, d.words, d.from_on,
        d.until_on
    from asked_places as a
    join item_states as i on i.eccn is not distinct from a.eccn and i.state <> 'out'
    join rule_versions as v on v.item_key = i.item_key and v.version_key = v.law_key
    join place_states as d
        on d.place_key = v.place_key and d.destination is not distinct from a.destination and d.state <> 'out'
)

select
    s.control_key, s.eccn, s.destination, s.activity,
    s.license_code, s.license_number_form, s.exception_paragraph, s.order_value,
    v.version_key, v.terms_key, v.agencies,
    greatest(p.from_on, d.from_on, coalesce(h.from_on, p.from_on)) as from_on,
    least(p.until_on, d.until_on, coalesce(h.until_on, p.until_on)) as until_on,
    coalesce(h.is_absent, false) as is_heading_absent, h.from_on as listed_from,
    case when h.state = 'in' then h.note end as heading_told,
    d.is_item_absent, d.is_place_absent,
    -- a rule on all three activities holds whichever it was
    coalesce(s.activity, '') = '' and len(v.activities) < 3 as is_activity_absent,
    d.item_state = 'unknown' as is_item_unknown, d.place_state = 'unknown' as is_place_unknown,
    concat_ws('; ',
        case when d.item_state = 'unknown' then d.item_note end,
        case when d.place_state = 'unknown' then d.place_note end,
        case when h.state = 'unknown' then h.note end,
        case when is_activity_absent then 'activity (export, reexport or transfer) is not recorded' end
    ) as open_scope,
    doubt_of(p.doubt, p.item_doubt, q.state, f.state, p.doubt_left, f.untold) as doubt,
    f.note as facts_told,
    p.fact_key is not null and coalesce(f.state, 'unknown') = 'unknown'
        and (p.doubted_item_key is null or q.state = 'in') as is_fact_absent,
    d.via, d.words
from control_situations as s
join places_in_reach as d on d.eccn is not distinct from s.eccn and d.destination is not distinct from s.destination
join rule_versions as v
    on v.version_key = d.version_key
    and (coalesce(s.activity, '') = '' or list_contains(v.activities, s.activity))
    and not (coalesce(v.needs_paragraph, false) and d.item_state = 'unknown' and not contains(s.eccn, '.'))
    and (v.described is null or len(v.described) = 0
        or list_has_any(told_of(s.described_as, s.item_facts), v.described))
    and (v.unless is null or not list_has_any(told_of(s.described_as, s.item_facts), v.unless))
    and (v.regions is null or len(v.regions) = 0 or list_contains(v.regions, s.occupied_region))
join rule_periods as p
    on p.version_key = v.version_key and p.from_on <= d.until_on and p.until_on >= d.from_on
left join heading_states as h
    on h.heading_key = v.heading_key and h.listed_heading = s.listed_heading
    and h.from_on <= least(p.until_on, d.until_on) and h.until_on >= greatest(p.from_on, d.from_on)
-- where any item is covered, a line without an ECCN is not taken for one of those in doubt
left join item_states as q
    on q.item_key = p.doubted_item_key and q.eccn is not distinct from s.eccn
    and not (q.is_absent and d.item_state = 'in')
left join item_fact_states as f
    on f.fact_key = p.fact_key and f.item_facts = s.item_facts
    and (p.doubted_item_key is null or q.state = 'in')
where (p.is_in_force or p.doubt is not null or q.state <> 'out') and f.state is distinct from 'out'
    and (v.heading_key is null or h.state is not null)
