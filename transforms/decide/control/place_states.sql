-- Which destinations does each place scope reach, and when? One row per place scope, distinct destination recorded and
-- stretch of days: in, unknown (a doubt, or no destination) or out. A scope that never touches a destination has none.
with recorded_places as (
    select distinct destination from control_situations
    union
    select distinct via_country from keyed_subjects where via_country <> ''
),

touching_words as (
    select w.place_key, w.is_except, m.iso2 as destination, m.word, m.from_on, m.until_on, m.doubt, m.via
    from place_words as w
    join memberships as m on m.word = w.word
    join recorded_places as r on r.destination = m.iso2
),

cuts as (
    select place_key, destination, from_on as cut_on from touching_words
    union
    select place_key, destination, until_on + 1 from touching_words where until_on < date '9999-12-31'
    union
    select place_key, destination, date '0001-01-01' from touching_words
),

stretches as (
    select
        place_key, destination, cut_on as from_on,
        coalesce(lead(cut_on) over (partition by place_key, destination order by cut_on) - 1, date '9999-12-31')
            as until_on
    from cuts
),

judged_stretches as (
    select
        s.place_key, s.destination, s.from_on, s.until_on,
        coalesce(bool_or(not t.is_except and t.doubt is null), false) as is_in,
        coalesce(bool_or(not t.is_except and t.doubt is not null), false) as may_be_in,
        coalesce(bool_or(t.is_except and t.doubt is null), false) as is_excepted,
        coalesce(bool_or(t.is_except and t.doubt is not null), false) as may_be_excepted,
        string_agg(distinct t.doubt, ' ' order by t.doubt) as doubts,
        string_agg(distinct t.via, '; ' order by t.via) as via,
        string_agg(distinct t.word, ', ' order by t.word) as words
    from stretches as s
    left join touching_words as t
        on t.place_key = s.place_key and t.destination = s.destination
        and t.from_on <= s.from_on and t.until_on >= s.until_on
    group by s.place_key, s.destination, s.from_on, s.until_on
),

known_places as (
    select
        place_key, destination, from_on, until_on, false as is_absent,
        case
            when is_excepted then 'out'
            when is_in and not may_be_excepted then 'in'
            when is_in or may_be_in then 'unknown'
            else 'out'
        end as state,
        doubts as note, via, words
    from judged_stretches
),

-- a destination that is not recorded is in doubt wherever the scope leaves any out
absent_places as (
    select
        w.place_key, r.destination, date '0001-01-01' as from_on, date '9999-12-31' as until_on,
        not w.is_everywhere as is_absent, case when w.is_everywhere then 'in' else 'unknown' end as state,
        case
            when w.is_everywhere then null
            when r.destination is null then 'the source does not provide the destination'
            else 'destination is not recorded'
        end as note,
        null as via, case when w.is_everywhere then 'all' end as words
    from recorded_places as r
    cross join (
        select place_key, bool_and(word = 'all' and not is_except) as is_everywhere from place_words group by place_key
    ) as w
    where coalesce(r.destination, '') = ''
)

from known_places
union all from absent_places
