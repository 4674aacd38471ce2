-- Which rows of this batch are versions of one line of a filing, and which of them holds? One row per row, where that
-- is certain: by time of transmission where all rows have one, and where those are equal or missing by what their
-- statuses say. `is_repeat`: another row says the same, or the version came with an earlier file.
-- A status of which AES holds nothing, after a version that it may hold, leaves that version in doubt.
with told_rows as (
    select
        f.rowid as place, f.identity_hash, f.row_hash, f.transmitted_at, s.version_rank,
        if(f.status <> '', coalesce(s.standing, 'unknown'), 'held') as standing,
        count(f.transmitted_at) over same_line = count(*) over same_line as are_timed,
        if(are_timed, f.transmitted_at = max(f.transmitted_at) over same_line, true) as is_last_in_time
    from filings as f
    join repeats as r using (identity_hash)
    left join status_standings as s
        on s.status = f.status and coalesce(f.export_on, f.known_from::date) between s.from_on and s.until_on
    where f.batch_id = $batch_id and r.is_conflict
    window same_line as (partition by f.identity_hash)
),

-- rows of one time, or of none, go by the rank of their statuses; they have to say one thing, or each to have a rank
last_in_time as (
    select
        identity_hash, min(row_hash) <> max(row_hash) as is_open, max(version_rank) as last_rank,
        count(*) = count(version_rank) as are_ranked
    from told_rows
    where is_last_in_time
    group by identity_hash
),

ranked_rows as (
    select
        t.place, t.identity_hash, t.row_hash, t.standing,
        t.is_last_in_time and (not l.is_open or l.are_ranked and t.version_rank = l.last_rank) as is_last
    from told_rows as t
    join last_in_time as l using (identity_hash)
),

settled_lines as (
    select identity_hash, any_value(row_hash) filter (is_last) as last_hash
    from ranked_rows
    group by identity_hash
    having min(row_hash) filter (is_last) = max(row_hash) filter (is_last)
        and (bool_or(is_last and standing <> 'not held') or bool_and(standing = 'not held'))
)

select
    r.place, r.identity_hash, r.row_hash = l.last_hash as is_last,
    row_number() over (partition by r.identity_hash, r.row_hash order by r.place) > 1
        or not r.row_hash = l.last_hash and exists (
            select 1 from filings as held
            where held.identity_hash = r.identity_hash and held.row_hash = r.row_hash and held.batch_id <> $batch_id
        ) as is_repeat
from ranked_rows as r
join settled_lines as l using (identity_hash)
