-- Which goods does each scope of HTS headings reach, and when? One row per scope, distinct heading told and stretch of
-- days: in, or unknown (no readable Schedule B number, a list that could not be dated, a price near its floor). Of
-- several headings of a list above a number the longest decides; where none is, the goods are out and have no row. A
-- scope of all but a list reaches only goods whose heading is known.
with told_headings as (
    select
        listed_heading,
        split_part(listed_heading, ' ', 1) as heading,
        split_part(listed_heading, ' ', 2) as price,
        not regexp_matches(listed_heading, '^[0-9]|^other$') as is_absent,
        listed_heading <> '' as is_asked
    from (select distinct listed_heading from control_situations)
),

heading_scopes as (
    select heading_key, any_value(is_except) as is_except from heading_words group by heading_key
),

longest_words as (
    select w.heading_key, t.listed_heading, max(len(w.heading)) as digits
    from told_headings as t
    join heading_words as w on starts_with(t.heading, w.heading)
    where not t.is_absent
    group by w.heading_key, t.listed_heading
),

listed_states as (
    select
        w.heading_key, t.listed_heading, w.from_on, w.until_on,
        case when w.is_sure and t.price in ('', 'over') then 'in' else 'unknown' end as state,
        'Schedule B heading ' || if(t.price = '', w.heading, t.heading) || if(state = 'in', ' is listed', ': ')
            || concat_ws('; ',
                case when not w.is_sure then 'whether it was listed on that day could not be dated' end,
                case t.price
                    when 'near' then 'the unit price is near the price floor'
                    when 'unpriced' then 'the unit price, against which a price floor is held, is not known'
                end
            ) as note
    from longest_words as l
    join told_headings as t using (listed_heading)
    join heading_words as w
        on w.heading_key = l.heading_key and len(w.heading) = l.digits and starts_with(t.heading, w.heading)
    -- a floor of price holds from the day that the list surely has it: before, the floors were others
    where not w.is_except and (t.price <> 'under' or not w.is_sure)
),

-- a scope of all but a list has no days of its own
other_states as (
    select s.heading_key, t.listed_heading, 'in' as state, null as note
    from heading_scopes as s
    join told_headings as t on not t.is_absent
    anti join longest_words as l on l.heading_key = s.heading_key and l.listed_heading = t.listed_heading
    where s.is_except
),

absent_states as (
    select
        s.heading_key, t.listed_heading, 'unknown' as state, t.is_asked,
        case t.listed_heading
            when 'unread' then 'the recorded Schedule B number cannot be read, or is of chapter 98 or 99'
            when 'not recorded' then 'Schedule B number is not recorded'
            when 'not provided' then 'the source does not provide the Schedule B number'
        end as note
    from heading_scopes as s
    join told_headings as t on t.is_absent
    -- what is left out of a scope of all but a list is asked by the rule itself
    where not s.is_except
)

select heading_key, listed_heading, from_on, until_on, state, note, false as is_absent from listed_states
union all
select heading_key, listed_heading, date '0001-01-01', date '9999-12-31', state, note, is_absent
from (
    select *, false as is_absent from other_states
    union all by name
    select * rename (is_asked as is_absent) from absent_states
)
