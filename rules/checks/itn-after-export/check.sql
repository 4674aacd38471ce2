-- Was it filed in time? One row per situation whose ITN bears a later date than the export.
-- 15 CFR 30.4: before the export, and with post-departure filing (option 4) within five calendar days of it; 30.71: a record
-- more than ten calendar days late counts as a failure to file.
with late as (
    select
        s.situation_key, s.itn_timing, coalesce(p.state, 'out') <> 'out' as is_by_arrival,
        left(s.filing_option, 1) as filing_option, s.filing_option as recorded_option
    from subject as s
    left join scope_places as p on p.name = 'by_arrival' and p.destination is not distinct from s.destination
    where s.itn_timing in ('within 5 days', 'within 10 days', 'over 10 days', 'no date')
),

judged as (
    select
        *,
        case
            when itn_timing = 'no date' or is_by_arrival then 'undetermined'
            when itn_timing <> 'within 5 days' or filing_option in ('2', '3') then 'flagged'
            when filing_option = '4' then 'clear'
            else 'undetermined'
        end as outcome
    from late
)

select
    situation_key, outcome,
    case
        when itn_timing = 'no date' then 'the ITN bears no date, so the day of filing is not known'
        when is_by_arrival
            then 'the ITN is dated after the export, and the time ends with the arrival at the port of unlading'
        when itn_timing = 'over 10 days' then 'the ITN is dated more than 10 calendar days after the export, which counts '
            || 'as a failure to file (15 CFR 30.71)'
        when itn_timing = 'within 10 days'
            then 'the ITN is dated 6 to 10 calendar days after the export, later than any filing option allows'
        when outcome = 'flagged' then 'the ITN is dated up to 5 calendar days after the export, and filing option '
            || recorded_option || ' means before it'
        else 'the ITN is dated up to 5 calendar days after the export, in time with filing option 4 only; '
            || case when coalesce(recorded_option, '') = '' then 'no filing option is recorded'
                else 'the one recorded, ' || recorded_option || ', is not known' end
    end as because,
    case
        when outcome = 'flagged' then []::varchar[]
        when itn_timing = 'no date' then ['itn']
        when is_by_arrival then []::varchar[]
        else ['filing_option']
    end as missing
from judged
where outcome <> 'clear'
