-- Which findings concern exports of the period, how did each live until the entry asked for, and who decided what about
-- it? One row per finding. Names that differ in case or space are one consignee.
with lives as (
    select
        finding_id, min(as_of) as first_on, arg_max(state, entry) as state_now,
        max(as_of) filter (is_opened or is_closed or event = 'new') as since
    from desk_events
    group by finding_id
),

last_decisions as (
    select finding_id, arg_max(struct_pack(status, reason, decided_by, decided_at), entry) as decision
    from dispositions
    where finding_id is not null and entry <= $entry
    group by finding_id
)

select
    f.*, l.since, d.decision,
    case
        when regexp_full_match(f.eccn, '[0-9][A-E][0-9]{3}(\..*)?') then left(f.eccn, 5)
        when f.eccn = 'EAR99' then 'EAR99'
        when coalesce(f.eccn, '') = '' then 'none'
        else 'unreadable'
    end as eccn_entry,
    upper(regexp_replace(trim(coalesce(f.consignee_name, '')), '\s+', ' ', 'g')) as consignee_key
from findings as f
left join lives as l using (finding_id)
left join last_decisions as d using (finding_id)
where f.export_on between $first and $last
