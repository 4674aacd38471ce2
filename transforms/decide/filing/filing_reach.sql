-- Which EEI provisions is each filing situation within, and when? One row per filing situation, provision version and
-- stretch of days: in, or unknown with what is not known. Whether a license is needed is asked in license_needed.
select
    a.filing_key, a.version_key,
    greatest(r.from_on, d.from_on, coalesce(v.from_on, r.from_on), coalesce(t.from_on, r.from_on)) as from_on,
    least(r.until_on, d.until_on, coalesce(v.until_on, r.until_on), coalesce(t.until_on, r.until_on)) as until_on,
    t.number as threshold_usd,
    case
        when 'unknown' in (
                a.code_state, a.form_state, a.value_state, a.onward_state, a.number_state, i.state, d.state
            )
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
                nullif(array_to_string(
                    list_filter(a.value_parts, lambda part: part not in ('', 'currency', 'quarantined')), ', '
                ), '')
                    || ' is not recorded on this line or on one that may be of the same shipment',
                case when list_contains(a.value_parts, 'currency') then 'the value of this line or of one that may be'
                    || ' of the same shipment is not recorded in US dollars, and no exchange rate for its currency and'
                    || ' day is provided' end,
                case when list_contains(a.value_parts, 'quarantined')
                    then 'a row of the same shipment is in quarantine' end) end,
        case when a.number_state = 'unknown' then 'the recorded Schedule B number is incomplete' end,
        case when a.onward_state = 'unknown' and a.elsewhere <> ''
            then 'a party in ' || a.elsewhere || ' is recorded, so the goods may go on to another country' end,
        case when a.onward_state = 'unknown' and a.region_unread <> ''
            then 'the recorded ' || replace(a.region_unread, ' ', ' and ')
                || ' is not a State or territory of the United States' end,
        nullif(rtrim(concat_ws(' ', r.doubt, case when q.state <> 'out' then r.item_doubt end), '.'), '')
    ) as note,
    list_concat(
        case when i.state = 'unknown' then ['eccn'] else [] end,
        case when d.is_absent then ['destination'] else [] end,
        case when a.code_state = 'unknown' then ['license_code'] else [] end,
        case when a.form_state = 'unknown' then ['form'] else [] end,
        case when a.number_state = 'unknown' then ['schedule_b'] else [] end,
        case when a.onward_state = 'unknown' and a.region_unread <> ''
            then string_split(a.region_unread, ' ') else [] end,
        case when a.value_state = 'unknown'
            then list_distinct(
                list_transform(a.value_parts, lambda part: if(part = 'quarantined', 'value_usd', part))
            ) else [] end
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
where (a.via_key is null or v.state is not null)
    and (r.is_in_force or r.doubt is not null or q.state <> 'out')
