-- Was it filed in time? One row per situation whose ITN bears a later date than the export, and stretch of days.
-- 15 CFR 30.4: before the export, and with post-departure filing (option 4) within some calendar days of it; 30.71: a
-- record that is later by more than others counts as a failure to file. How many, parameters/ says.
with late as (
    select
        situation_key, itn_timing, filing_option, left(filing_option, 1) as option,
        place_state('by_arrival', destination) <> 'out' as is_by_arrival
    from subject
    where itn_timing in ('within 5 days', 'within 10 days', 'over 10 days', 'no date')
),

judged as (
    select
        *,
        case
            when itn_timing = 'no date' or is_by_arrival then 'undetermined'
            when itn_timing <> 'within 5 days' or option in ('2', '3') then 'flagged'
            when option = '4' then 'clear'
            else 'undetermined'
        end as outcome
    from late
),

-- the facts count in the same days
limits as (
    select
        greatest(p.from_on, f.from_on) as from_on, least(p.until_on, f.until_on) as until_on, p.number::integer as days,
        f.number::integer as most_days
    from number_of('post-departure-days') as p
    join number_of('failure-to-file-days') as f on f.from_on <= p.until_on and f.until_on >= p.from_on
)

select
    j.situation_key, t.from_on, t.until_on, j.outcome,
    'the ITN ' || case
        when j.itn_timing = 'no date' then 'bears no date, so the day of filing is not known'
        when j.is_by_arrival
            then 'is dated after the export, and the time ends with the arrival at the port of unlading'
        when j.itn_timing = 'over 10 days' then 'is dated more than ' || t.most_days
            || ' calendar days after the export, which counts as a failure to file (15 CFR 30.71)'
        when j.itn_timing = 'within 10 days' then 'is dated ' || t.days + 1 || ' to ' || t.most_days
            || ' calendar days after the export, later than any filing option allows'
        else 'is dated up to ' || t.days || ' calendar days after the export, ' || case
            when j.outcome = 'flagged' then 'and filing option ' || j.filing_option || ' means before it'
            else 'in time with filing option 4 only; ' || coalesce(
                'the one recorded, ' || nullif(j.filing_option, '') || ', is not known', 'no filing option is recorded')
        end
    end as because,
    case
        when j.outcome = 'flagged' then []
        when j.itn_timing = 'no date' then ['itn']
        else named([case when not j.is_by_arrival then 'filing_option' end])
    end as missing
from judged as j
cross join limits as t
where j.outcome <> 'clear'
