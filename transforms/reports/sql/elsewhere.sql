-- Which lines name another country than their destination, where no rule looks at it? One row per source with such
-- lines. With $parties_are_judged a check looks at the consignee and the end user, and the intermediate consignee is
-- left.
select
    source, sum(case when $parties_are_judged then via_count else elsewhere_count end)::bigint as line_count,
    sum(case when $parties_are_judged then via_value_usd else elsewhere_value_usd end) as value_usd
from daily
group by source
having line_count > 0
order by source
