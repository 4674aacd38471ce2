-- Which license exceptions would still serve, and for how many lines? One row per rule, symbol and terms: lines that
-- claimed it, and lines that would need a license and may look at it.
with claimed_exceptions as (
    select rule_id, symbol, 'claimed, and open' as terms, line_id, value_usd
    from impact_rows
    where change = 'exception serves'
),

offered_exceptions as (
    select r.rule_id, o.symbol, o.terms, r.line_id, r.value_usd
    from impact_rows as r
    join offers as o
        on o.situation_key = r.reform_key and o.rule_id = r.rule_id and r.export_on between o.from_on and o.until_on
    where r.change in ('needs a license', 'loses an exception')
)

select
    rule_id, symbol, terms, terms = 'claimed, and open' as is_claimed, count(distinct line_id) as lines,
    coalesce(sum(value_usd), 0)::double as value_usd
from (from claimed_exceptions union all from offered_exceptions)
group by all
order by rule_id, is_claimed desc, lines desc, symbol, terms
