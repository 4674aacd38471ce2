-- Why did findings open, close and open again in the period? One row per change and cause.
select
    case when is_closed then 'closed' when event = 'new' then 'new' else 'reopened' end as change, cause,
    count(*) as finding_count
from desk_events
where is_in_period and (is_opened or is_closed)
group by all
order by change, finding_count desc, cause
