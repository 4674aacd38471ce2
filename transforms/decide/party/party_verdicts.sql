-- What do the rules on listed parties say of each situation, and from when until when? One row per situation, rule
-- version and stretch of days. Of several entries the strictest decides on each day; its statement names the others
-- that are not clear.
with ranked as (
    select
        *,
        case
            when outcome = 'flagged' then 0
            when outcome = 'undetermined' and band = 'match' then 1
            when outcome = 'undetermined' then 2
            else 3
        end as leniency
    from told_listings
),

cuts as (
    select situation_key, version_key, from_on as cut_on from ranked
    union
    select situation_key, version_key, until_on + 1 from ranked where until_on < date '9999-12-31'
),

stretches as (
    select
        situation_key, version_key, cut_on as starts_on,
        coalesce(lead(cut_on) over (partition by situation_key, version_key order by cut_on) - 1, date '9999-12-31')
            as ends_on
    from cuts
),

of_days as (
    select
        r.* replace (s.starts_on as from_on, s.ends_on as until_on), r.from_on as listing_from_on,
        list(r.role || ' and ' || r.listed_name) filter (r.leniency < 3) over of_day as open_pairs,
        bool_or(r.leniency < 3 and not r.has_savings) over of_day as is_open_if_saved,
        row_number() over (of_day order by r.leniency, r.has_savings, r.role, r.entry_id) as place
    from stretches as s
    join ranked as r
        on r.situation_key = s.situation_key and r.version_key = s.version_key
        and r.from_on <= s.starts_on and r.until_on >= s.ends_on
    window of_day as (partition by r.situation_key, r.version_key, s.starts_on)
),

strictest as (
    select
        *,
        list_sort(list_filter(list_distinct(open_pairs), lambda pair: pair <> role || ' and ' || listed_name))
            as other_pairs
    from of_days
    where place = 1
)

select
    'party' as family, situation_key as subject_key, version_key as rule_key, from_on, until_on, outcome, answer,
    case when outcome = 'undetermined' and list <> 'DPL' then if(leniency = 2, 'low', 'medium') end as severity,
    concat(case when coalesce(eccn, '') = '' then 'A line without an ECCN' else eccn end, ' to ',
        case when coalesce(destination, '') = '' then 'an unrecorded destination' else destination end) as opening,
    concat(': ', concat_ws('; ', listing_words, evidence_words, requirement_words, open_words, recorded_authority), '.',
        case
            when len(other_pairs) > 3 then ' Also: ' || array_to_string(other_pairs[:3], '; ') || '; and '
                || (len(other_pairs) - 3) || ' more.'
            when len(other_pairs) > 0 then ' Also: ' || array_to_string(other_pairs, '; ') || '.'
        end
    ) as statement,
    case when outcome = 'undetermined' then list_filter([
        case when answer = 'party-possible' and party_country = '' then case role
            when 'ultimate consignee' then 'consignee_country'
            when 'end user' then 'end_user_country'
            when 'intermediate consignee' then 'intermediate_country'
            when 'purchaser' then 'purchaser_country'
        end end,
        case when answer = 'party-possible' and party_address = '' then case role
            when 'ultimate consignee' then 'consignee_address'
            when 'end user' then 'end_user_address'
        end end,
        case when answer = 'party-terms' and requirement in ('Supplement 2', 'CCL and Supplement 7')
            and is_eccn(eccn) is not true then 'eccn' end,
        case when answer in ('authority-at-odds', 'authority-unknown') then 'license_code' end,
        case when answer = 'license-malformed' then 'license_number' end,
        case when answer = 'exception-paragraph' then 'exception_paragraph' end
    ], lambda field: field is not null) else [] end as missing,
    false as is_rolled_up,
    has_savings and outcome <> 'clear' as has_savings,
    if(is_open_if_saved, 'undetermined', 'clear') as outcome_if_saved,
    role || ': ' || entry_id as listed_pair,
    case when has_savings then listed_on end as en_route_on, null::date as exported_before,
    case when has_savings then listed_on + savings_days end as look_until
from strictest
