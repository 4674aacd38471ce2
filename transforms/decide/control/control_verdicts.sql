-- What do the controls say of each control situation, and from when until when? One row per control situation, law and
-- stretch of days. Of several rows of the Commerce Control List, or paragraphs of a control, under one rule the
-- strictest decides on each day; its statement names the others that are not clear.
with rows_of_rules as (
    select
        v.*, r.rule_id, r.reason as row_name,
        case
            when v.outcome = 'flagged' then 0
            when v.outcome = 'undetermined' and not v.is_rolled_up then 1
            when v.outcome = 'undetermined' then 2
            else 3
        end as leniency
    from version_verdicts as v
    join rule_versions as r on r.version_key = v.rule_key
    where r.is_row
),

shared_rules as (
    select subject_key, rule_id from rows_of_rules group by subject_key, rule_id having count(*) > 1
),

rivals as (
    select r.* from rows_of_rules as r join shared_rules as s using (subject_key, rule_id)
),

cuts as (
    select subject_key, rule_id, from_on as cut_on from rivals
    union
    select subject_key, rule_id, until_on + 1 from rivals where until_on < date '9999-12-31'
),

stretches as (
    select
        subject_key, rule_id, cut_on as starts_on,
        coalesce(lead(cut_on) over (partition by subject_key, rule_id order by cut_on) - 1, date '9999-12-31')
            as ends_on
    from cuts
),

ranked_rivals as (
    select
        r.* replace (s.starts_on as from_on, s.ends_on as until_on),
        list(r.row_name) filter (r.leniency < 2) over of_day as open_rows,
        -- of equals that which no savings clause covers, or the clause that began first, decides
        row_number() over (of_day order by r.leniency, r.has_savings, r.en_route_on, r.rule_key) as place,
        bool_or(r.leniency < 2 and not r.has_savings) over of_day as is_open_if_saved
    from stretches as s
    join rivals as r
        on r.subject_key = s.subject_key and r.rule_id = s.rule_id
        and r.from_on <= s.starts_on and r.until_on >= s.ends_on
    window of_day as (partition by r.subject_key, r.rule_id, s.starts_on)
),

strictest_rows as (
    select
        * exclude (open_rows, place, is_open_if_saved)
            replace (if(is_open_if_saved, 'undetermined', outcome_if_saved) as outcome_if_saved),
        list_sort(list_filter(list_distinct(open_rows), lambda name: name <> row_name)) as other_rows
    from ranked_rivals
    where place = 1
),

worded_rows as (
    select * replace (
        statement || case
            when leniency < 2 and len(other_rows) > 0
                then ' The line may also fall under ' || array_to_string(other_rows, '; ') || '.'
            else ''
        end as statement
    )
    from strictest_rows
)

select v.*
from version_verdicts as v
join rule_versions as r on r.version_key = v.rule_key
where not r.is_row
union all by name
select r.* exclude (rule_id, row_name, leniency)
from rows_of_rules as r
anti join shared_rules as s using (subject_key, rule_id)
union all by name
select * exclude (rule_id, row_name, leniency, other_rows)
from worded_rows
