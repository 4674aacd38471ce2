-- Of a written run: how many findings are new or reopened? One row per weight and rule, what weighs most first:
-- embargoed destinations, then parties on lists, then by severity.
select
    case
        when rule_kind = 'party' then 'listed'
        when list_contains($urgent::varchar[], rule_id) then 'embargoed'
        else severity
    end as weight,
    rule_id,
    count(*) filter (state = 'new') as new,
    count(*) filter (state = 'reopened') as reopened,
    count(*) filter (outcome = 'flagged') as flagged,
    count(*) filter (outcome <> 'flagged') as undetermined
from read_parquet($findings)
where state in ('new', 'reopened')
group by weight, rule_id
order by
    list_position(['embargoed', 'listed', 'high', 'medium', 'low'], weight), flagged desc, undetermined desc, rule_id
