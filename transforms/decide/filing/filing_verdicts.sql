-- What is said of filing, in words? One row per filing situation and stretch of days: every trigger met or in question,
-- every exemption weighed, and what is recorded.
with met_provisions as (
    select filing_key, version_key, from_on, until_on, state, note, missing, threshold_usd from filing_reach
    union all
    select filing_key, version_key, from_on, until_on, state, note, missing, null from license_needed
    union all
    select filing_key, version_key, from_on, until_on, state, note, missing, null from listed_needed
),

-- words are made only for what is not clear
told_provisions as (
    select
        o.filing_key, o.from_on,
        list(w.told) filter (w.kind = 'trigger' and w.state = 'in' and not w.due_if_direct) as triggers,
        list(w.told) filter (w.due_if_direct) as transshipment,
        list(w.told) filter (w.kind = 'trigger' and w.state = 'unknown' and not w.due_if_direct) as possible_triggers,
        list(w.told) filter (w.kind = 'exemption') as exemptions,
        list(w.told) filter (w.kind = 'exclusion') as exclusions,
        flatten(list(w.authority)) as authority,
        flatten(list(w.missing) filter (w.state = 'unknown' and not w.due_if_direct)) as missing
    from filing_outcomes as o
    join (
        select
            m.*, p.kind, p.due_if_direct, p.authority,
            '15 CFR ' || p.paragraph || ' (' || title_on(p.title, p.threshold, m.threshold_usd)
                || case when m.note <> '' then ': ' || m.note else '' end || ')' as told
        from met_provisions as m
        join provisions as p using (version_key)
    ) as w on w.filing_key = o.filing_key and w.from_on <= o.from_on and w.until_on >= o.until_on
    where o.outcome <> 'clear'
    group by o.filing_key, o.from_on
),

worded_outcomes as (
    select
        o.* exclude (triggers),
        array_to_string(list_sort(o.triggers), ', ') as paragraphs,
        array_to_string(list_sort(t.triggers), '; ') as triggers,
        array_to_string(list_sort(t.transshipment), '; ') as transshipment,
        array_to_string(list_sort(t.possible_triggers), '; ') as possible_triggers,
        array_to_string(list_sort(t.exemptions), '; ') as exemptions,
        array_to_string(list_sort(t.exclusions), '; ') as exclusions,
        t.authority, coalesce(t.missing, []) as missing
    from filing_outcomes as o
    left join told_provisions as t using (filing_key, from_on)
)

select
    'filing' as family, filing_key as subject_key, 0 as rule_key, from_on, until_on, outcome,
    case
        when outcome = 'clear' and record = 'filed' and not is_excluded
            then if(paragraphs <> '', 'filed-as-required', 'filed')
        when outcome = 'clear' then 'not-required'
        when record = 'not known' then 'filing-not-known'
        when record = 'malformed' then 'itn-malformed'
        when record = 'distant ITN' then 'itn-in-question'
        when record = 'impossible ITN' then 'itn-no-proof'
        when record = 'unreadable' then 'exemption-unreadable'
        when record = 'cited' then 'citation-in-question'
        when record = 'in question' then 'aes-in-question'
        when record = 'no proof' then 'citation-no-proof'
        when record = 'citation not held' then 'citation-not-held'
        when record = 'not held' then 'itn-not-held'
        when record = 'rejected' then 'filing-not-accepted'
        when record = 'cancelled' then 'filing-canceled'
        when outcome = 'undetermined' and is_activity_absent then 'activity-not-recorded'
        when outcome = 'undetermined' and may_be_excluded then 'exclusion-in-question'
        when outcome = 'undetermined' and (may_be_exempt or is_claim_open) then 'exemption-in-question'
        when outcome = 'undetermined' then 'trigger-in-question'
        when record = 'legend' then 'exemption-defeated'
        else 'nothing-filed'
    end as answer, rule_from,
    case when outcome = 'undetermined' and (select severity from filing) = 'high' then 'medium' end as severity,
    concat(case when coalesce(eccn, '') = '' then 'A line without an ECCN' else eccn end, ' to ',
        case when coalesce(destination, '') = '' then 'an unrecorded destination' else destination end) as opening,
    case
        when outcome = 'clear' and record = 'filed' and not is_excluded
            then ' was filed in AES' || coalesce('; EEI was required by 15 CFR ' || nullif(paragraphs, ''), '') || '.'
        when outcome = 'clear' then ' requires no EEI: 15 CFR ' || array_to_string(list_sort(served), ', ') || '.'
        else concat_ws('; ',
            case
                when outcome = 'flagged' then ' required an EEI filing in AES'
                else ' may have required an EEI filing in AES'
            end || coalesce(': ' || nullif(concat_ws('; ', triggers, transshipment), ''), ''),
            case when outcome = 'undetermined' or not is_overridden
                then 'possible filing requirement: ' || possible_triggers end,
            if(is_overridden and not is_spared, 'overridden exemption: ', 'possible exemption: ') || exemptions,
            'possible exclusion: ' || exclusions,
            case record
                when 'nothing' then 'neither an ITN nor an exemption legend is recorded'
                when 'legend' then 'recorded exemption legend: NOEEI ' || legend
                when 'malformed' then 'the recorded ITN is not in the required format'
                when 'distant ITN' then 'the recorded ITN ' || words_of_timing(citation)
                    || ', so it may be of another export'
                when 'impossible ITN' then 'the recorded ITN ' || words_of_timing(citation)
                    || ', so it is no proof of filing'
                when 'unreadable' then 'the recorded exemption is not an exemption legend'
                when 'not known' then 'the source does not show whether EEI was filed'
                when 'cited' then concat('a post-departure or downtime citation is recorded',
                    if(citation <> '', ' with a USPPI number other than that of the record', ''),
                    ', and no AES report taken after the filing deadline covers the export')
                when 'no proof' then 'the recorded post-departure or downtime citation ' || case citation
                    when 'no date' then 'has no date of the calendar'
                    else 'has a date other than the date of export'
                end
                when 'in question' then case aes_state
                    when 'may be held' then 'an AES filing found by its reference or invoice number has another USPPI, '
                        || 'another destination or a distant date'
                    when 'set aside' then 'the AES filing of this line is among the quarantined rows'
                    else 'the AES report shows the filing with an unknown status, or without an ITN in the required '
                        || 'format'
                end
                when 'citation not held' then 'the AES filings do not include the shipment that the recorded '
                    || 'post-departure or downtime citation stands for'
                when 'not held' then 'the recorded ITN is not in the AES filings'
                when 'rejected' then 'AES has not accepted the filing'
                when 'cancelled' then 'the filing is canceled in AES'
            end,
            case when is_activity_absent then 'whether the line was an export is not recorded' end
        ) || '.'
    end as statement,
    coalesce(list_sort(list_distinct(authority)), []) as authority,
    case when outcome = 'undetermined' then list_sort(list_distinct(list_concat(
        missing,
        case
            when record in ('malformed', 'distant ITN', 'cited', 'in question')
                or (record in ('legend', 'no proof') and is_itn_unknown) then ['itn']
            when record = 'unreadable' then ['eei_exemption']
            when record = 'not known' then list_concat(
                case when is_exemption_unknown then ['eei_exemption'] else [] end,
                case when is_itn_unknown then ['itn'] else [] end)
            else []
        end,
        case when is_activity_absent then ['activity'] else [] end
    ))) else [] end as missing,
    outcome = 'undetermined'
        and (record = 'not known' or is_activity_absent or (is_silent and may_be_overridden and not is_overridden))
        as is_rolled_up,
    has_savings, outcome_if_saved, en_route_on, exported_before, look_until
from worded_outcomes
