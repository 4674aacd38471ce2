-- Which rate converts the values recorded in another currency? One row per currency and day of export with a rate of
-- that day or, as on weekends and holidays, the last one of the days before; never a later one.
with asked_days as (
    select currency, export_on, min(batch_id) as batch_id
    from lines
    where value_recorded is not null and value_usd is null and currency <> ''
    group by currency, export_on
),

known_rates as (
    select currency, rate_on, rate
    from rates
    where known_from <= $moment and (known_until is null or known_until > $moment)
)

select a.currency, a.export_on, r.rate, r.rate_on, a.batch_id
from asked_days as a
asof join known_rates as r on r.currency = a.currency and r.rate_on <= a.export_on
where a.export_on - r.rate_on <= $rate_days
