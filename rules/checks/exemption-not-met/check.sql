-- Does the exemption apply whose legend the line cites, where no EEI is required for another reason? One row per
-- situation and stretch of days in which it does not, or may not. What eei-filing does not clear has its finding there;
-- what is open on its own terms may apply.
select
    s.situation_key, c.from_on, c.until_on, case when c.state = 'out' then 'flagged' else 'undetermined' end as outcome,
    concat(
        'exemption legend ', c.legend, ' (', c.title, ')',
        case when c.state = 'out' then ' does not apply' else ' may not apply: ' || c.note end,
        '; no EEI is required under 15 CFR ', array_to_string(c.served, ', ')
    ) as because,
    case when c.state = 'out' then [] else c.missing end as missing
from subject as s
join cited_legends as c using (situation_key)
where c.outcome = 'clear' and c.state <> 'in'
