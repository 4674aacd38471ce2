-- Why is each finding gained, lost or changed? One row per finding:
-- as the journal tells it, else by what the two runs say.
with noted_events as (
    select
        d.finding_id,
        last({'cause': e.cause, 'detail': e.detail} order by e.entry) filter (
            where case d.change
                when 'changed' then true
                when if($is_reversed, 'lost', 'gained') then e.event in ('new', 'reopened') and e.cause <> 'disposed'
                else e.event in ('closed', 'gone') and e.cause <> 'disposed'
            end
        ) as told
    from diff_joined as d
    join ledger_events as e on e.finding_id = d.finding_id and e.entry > $first_entry and e.entry <= $last_entry
    group by d.finding_id
),

weighed_findings as (
    select
        d.*, n.told,
        case when b.situation_id <> a.situation_id then
            list_filter(map_keys(a.facts), lambda name: a.facts[name] is distinct from b.facts[name])
        end as changed_facts,
        b.facts as facts_before, a.facts as facts_after,
        coalesce(a.stood_before, b.stands_after, false) as is_in_both
    from diff_joined as d
    left join noted_events as n using (finding_id)
    left join diff_situations as b on b.situation_id = d.situation_before
    left join diff_situations as a on a.situation_id = d.situation_after
)

select
    * exclude (told, changed_facts, facts_before, facts_after, is_in_both, is_said_otherwise),
    case
        when told is not null then told.cause
        when change = 'changed' and not is_said_otherwise then 'disposed'
        when list_has_any(changed_facts, $classifying::varchar[]) then 'classification changed'
        when len(changed_facts) > 0 then 'record corrected'
        when $is_law_changed and is_in_both then 'rule changed'
        when change = 'gained' then 'line recorded or corrected'
        when change = 'lost' then 'line corrected or out of scope'
        else 'record corrected'
    end as cause,
    case
        when told is not null then told.detail
        when change = 'changed' and not is_said_otherwise then concat('state ', state_before, ' to ', state_after)
        when len(changed_facts) > 0 then array_to_string(list_transform(changed_facts,
            lambda name: concat(name, ': ', coalesce(nullif(facts_before[name], ''), 'nothing'), ' to ',
                coalesce(nullif(facts_after[name], ''), 'nothing'))), ', ')
        when $is_law_changed and is_in_both then 'the two runs rest on other rulebooks, or other versions of Earshot'
        when $is_law_changed then 'the rulebook, or the version of Earshot, is another too'
        when change = 'changed' then 'another record of the line, its filing, its item, or other lines of its shipment'
    end as detail,
    told is not null as is_noted
from weighed_findings
order by rule_id, cause, change, source, shipment_id, line_number, finding_id
