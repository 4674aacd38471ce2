-- How much is it? One row per question. Of shipments, consignees, parts and destinations, those with a certain line are
-- certain and the others possible, so that the two add up.
-- Many lines belong to the same questions: they are counted together, by their profile, and questions are asked of
-- profiles.
with line_profiles as (
    -- of one text: `hash` of several values combines theirs so that, taken together, they can change places unseen
    select line_id, bit_xor(hash(question || ' ' || certainty)) as profile from question_lines group by line_id
),

profile_questions as (
    select p.profile, a.question, a.certainty = 'certain' as is_certain
    from (select profile, any_value(line_id) as line_id from line_profiles group by profile) as p
    join question_lines as a using (line_id)
),

profile_lines as materialized (
    select
        p.profile, l.value_usd, l.shipment, nullif(upper(trim(l.consignee_name)), '') as consignee,
        nullif(upper(l.part_number), '') as part, nullif(l.destination, '') as destination
    from line_profiles as p
    join reached_lines as l using (line_id)
),

profile_values as (
    select profile, count(*) as line_count, count(value_usd) as value_count, sum(value_usd) as value_usd
    from profile_lines
    group by profile
),

line_counts as (
    select
        a.question,
        coalesce(sum(v.line_count) filter (a.is_certain), 0)::bigint as lines_certain,
        coalesce(sum(v.line_count) filter (not a.is_certain), 0)::bigint as lines_possible,
        coalesce(sum(v.value_usd) filter (a.is_certain), 0)::double as value_usd_certain,
        coalesce(sum(v.value_usd) filter (not a.is_certain), 0)::double as value_usd_possible,
        sum(v.line_count - v.value_count)::bigint as lines_without_value
    from profile_questions as a
    join profile_values as v using (profile)
    group by a.question
),

members as (
    select distinct 'shipment' as kind, shipment as member, profile from profile_lines
    union all
    select distinct 'consignee', hash(consignee), profile from profile_lines where consignee is not null
    union all
    select distinct 'part', hash(part), profile from profile_lines where part is not null
    union all
    select distinct 'destination', hash(destination), profile from profile_lines where destination is not null
),

-- whose lines are of the same profiles is counted together again
alike_members as (
    select kind, profiles, count(*) as member_count
    from (select kind, member, list_sort(list(profile)) as profiles from members group by kind, member)
    group by kind, profiles
),

member_counts as (
    select
        a.kind, a.profiles, any_value(a.member_count) as member_count, q.question, bool_or(q.is_certain) as is_certain
    from (select *, unnest(profiles) as profile from alike_members) as a
    join profile_questions as q using (profile)
    group by a.kind, a.profiles, q.question
),

question_members as (
    pivot (
        select question, kind || if(is_certain, '_certain', '_possible') as what, member_count from member_counts
    )
    on what in (
        'shipment_certain', 'shipment_possible', 'consignee_certain', 'consignee_possible', 'part_certain',
        'part_possible', 'destination_certain', 'destination_possible'
    )
    using coalesce(sum(member_count), 0)::bigint
    group by question
)

select
    l.question, l.lines_certain, l.lines_possible, l.value_usd_certain, l.value_usd_possible,
    c.shipment_certain as shipments_certain, c.shipment_possible as shipments_possible,
    c.consignee_certain as consignees_certain, c.consignee_possible as consignees_possible,
    c.part_certain as parts_certain, c.part_possible as parts_possible,
    c.destination_certain as destinations_certain, c.destination_possible as destinations_possible,
    l.lines_without_value
from line_counts as l
left join question_members as c using (question)
order by l.question
