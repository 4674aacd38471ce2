-- Which license exceptions are open to what is in scope and not clear? One row per situation, rule, symbol and stretch
-- of days; '*' stands for every exception that the rule does not name. Closed ones are left out.
select distinct
    k.situation_key, r.rule_id, e.symbol,
    greatest(v.from_on, coalesce(p.from_on, v.from_on)) as from_on,
    least(v.until_on, coalesce(p.until_on, v.until_on)) as until_on,
    case
        when p.state = 'unknown' or i.state = 'unknown' or e.doubt is not null or e.stance = 'doubtful' then 'in doubt'
        when e.stance = 'limited' then 'as far as the entry offers it'
        when e.stance = 'own_terms' then 'on terms that the record cannot prove'
        when len(e.paragraphs) > 0 then 'under ' || array_to_string(e.paragraphs, ', ')
        else 'open'
    end as terms
from control_verdicts as v
join rule_versions as r on r.law_key = v.rule_key
join control_situations as c on c.control_key = v.subject_key
join control_keys as k using (subject_key)
join exception_terms as e on e.terms_key = r.terms_key
left join place_states as p
    on p.place_key = e.place_key and p.destination is not distinct from c.destination
    and p.from_on <= v.until_on and p.until_on >= v.from_on
left join item_states as i on i.item_key = e.item_key and i.eccn is not distinct from c.eccn
where v.outcome <> 'clear' and e.stance <> 'closed'
    and (e.place_key is null or coalesce(p.state, 'out') <> 'out')
    and (e.item_key is null or coalesce(i.state, 'out') <> 'out')
