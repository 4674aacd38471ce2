-- On what does a finding of each kind turn? One row per kind: columns of the line, and facts of its situation.
-- A finding that is closed by a decision opens again only where one of them, or the law, changes. Those of the kinds
-- that are known are declared (`reopens` in line.py and facts.yml); any other kind turns on all of them.
with widest as (
    select columns, facts from known_kinds order by len(columns) + len(facts) desc limit 1
),

met_kinds as (
    select rule_kind from findings
    union
    select rule_kind from ledger
    union
    select rule_kind from known_kinds
)

select m.rule_kind, coalesce(k.columns, w.columns) as columns, coalesce(k.facts, w.facts) as facts
from met_kinds as m
left join known_kinds as k using (rule_kind)
cross join widest as w
