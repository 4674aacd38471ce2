-- Does the ITN show timely filing? One row per situation and stretch of days in which the ITN is dated after the
-- export. An ITN whose date cannot be is for itn-date-impossible. 15 CFR 30.4: file before the export, or with
-- post-departure filing (option 4) within some calendar days of it; 30.71: a later filing counts as a failure to file
-- after a further number of days. Both are in parameters/.
with late as (
    select
        situation_key, itn_timing not like 'within%' as is_beyond,
        try_cast(regexp_extract(itn_timing, '^within (\d+) days$', 1) as integer) as within_days,
        filing_option, left(filing_option, 1) as option,
        place_state('by_arrival', destination) <> 'out' as is_by_arrival
    from subject
    where itn_form in ('well formed', 'distant', 'impossible')
        and (itn_timing in ('long after', 'far after') or itn_timing like 'within%' or itn_timing like 'over%')
),

limits as (
    select
        greatest(p.from_on, f.from_on) as from_on, least(p.until_on, f.until_on) as until_on, p.number::integer as days,
        f.number::integer as most_days
    from number_of('post-departure-days') as p
    join number_of('failure-to-file-days') as f on f.from_on <= p.until_on and f.until_on >= p.from_on
),

judged as (
    select
        l.*, t.*, coalesce(l.within_days <= t.days, false) as is_within,
        l.is_beyond or coalesce(l.within_days > t.most_days, false) as is_failure,
        case
            when is_by_arrival then 'undetermined'
            when not is_within or option in ('2', '3') then 'flagged'
            when option = '4' then 'clear'
            else 'undetermined'
        end as outcome
    from late as l
    cross join limits as t
)

select
    situation_key, from_on, until_on, outcome,
    'the ITN ' || case
        when is_by_arrival
            then 'is dated after the export; for this destination the deadline is arrival at the port of unlading'
        when is_failure then 'is dated more than ' || most_days
            || ' calendar days after the export, which counts as a failure to file (15 CFR 30.71)'
        when not is_within then 'is dated ' || days + 1 || ' to ' || most_days
            || ' calendar days after the export, later than any filing option allows'
        else 'is dated up to ' || days || ' calendar days after the export; ' || case
            when outcome = 'flagged' then 'filing option ' || filing_option || ' requires filing before the export'
            else 'this is timely under filing option 4 only, and ' || coalesce('the recorded option, '
                || nullif(filing_option, '') || ', is not a known option', 'no filing option is recorded')
        end
    end as because,
    case
        when outcome = 'flagged' then []
        else named([case when not is_by_arrival then 'filing_option' end])
    end as missing
from judged
where outcome <> 'clear'
