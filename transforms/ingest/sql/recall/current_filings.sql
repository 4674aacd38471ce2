-- Which filing lines are known at the moment asked for? One row per filing line: the version that was current then, and
-- what AES holds of it on its own date. 15 CFR 30.6(a)(25): the shipment action adds, changes, replaces or cancels.
select
    f.*,
    id_of_version(f.identity_hash, f.batch_id) as filing_id,
    -- 15 CFR 30.7: what AES has accepted has an ITN
    case
        when coalesce(s.standing, 'held') = 'held' and not has_itn_date(f.itn) then 'unknown'
        when f.status <> '' then coalesce(s.standing, 'unknown')
        else 'held'
    end as standing,
    coalesce(s.standing = 'cancelled', false) as is_cancelled
from filings as f
left join status_standings as s
    on s.status = f.status and coalesce(f.export_on, f.known_from::date) between s.from_on and s.until_on
where f.known_from <= $moment and (f.known_until is null or f.known_until > $moment)
