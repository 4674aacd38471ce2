-- Which filing lines are known at the moment asked for? One row per filing line: the version that was current then.
-- 15 CFR 30.6(a)(25): X is the shipment action of a filing that is canceled.
select
    *,
    id_of_version(identity_hash, batch_id) as filing_id,
    coalesce(lower(status) in ('cancelled', 'canceled', 'cancel', 'x'), false) as is_cancelled,
    if(is_cancelled, 'cancelled', 'held') as standing
from filings
where known_from <= $moment and (known_until is null or known_until > $moment)
