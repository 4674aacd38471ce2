-- Which lines name another country than their destination, where no rule looks at it? One row per source with such lines.
-- With $parties_are_judged a check looks at the consignee and the end user, and the intermediate consignee is left.
select source, count(*) as line_count, sum(value_usd) as value_usd
from lines
where known_from <= $known_at and (known_until is null or known_until > $known_at)
    and (
        (intermediate_country <> '' and intermediate_country is distinct from destination)
        or (not $parties_are_judged and (
            (consignee_country <> '' and consignee_country is distinct from destination)
            or (end_user_country <> '' and end_user_country is distinct from destination)
        ))
    )
group by source
order by source
