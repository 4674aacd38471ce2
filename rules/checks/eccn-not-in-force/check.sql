-- Did the ECCN exist on that day? One row per situation and stretch of days on which it did not, or may not have.
-- 15 CFR 774 Supp. 1, for the ECCNs in tables/eccns.csv; an ECCN has a row for each stretch with the same reasons for
-- control. Where the line has none, that of the item master is looked at: if it came later, what the item was before is
-- not known.
with periods as (
    select eccn as code, from_on, until_on, doubt from eccn_periods
)

select
    s.situation_key, f.from_on, f.until_on,
    case when s.is_eccn then f.outcome else 'undetermined' end as outcome,
    if(s.is_eccn, '', 'the line has no ECCN, and that of the item master cannot be told to hold then: ') || f.code
        || case
            when f.begins_on is not null then ' stands in the Commerce Control List from ' || f.begins_on || ' on'
            when f.ended_on is not null then ' stood in the Commerce Control List until ' || f.ended_on
            else ' may stand in the Commerce Control List or not: ' || f.doubt
        end as because,
    named([case when not s.is_eccn then 'eccn' end]) as missing
from subject as s
join not_in_force(periods) as f on f.code = entry_of(s.eccn)
