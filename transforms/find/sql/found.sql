-- Which lines need a person, why, and under which authority, whichever run it is? One row per line and rule that is
-- flagged or undetermined. The id is made of the line's identity and the rule, so a finding keeps it from run to run.
with worded_hits as (
    select
        md5(to_json([l.source, l.shipment_id, l.line_number::varchar, d.rule_id])::varchar) as finding_id,
        l.identity_hash, l.source, l.shipment_id, l.line_number, h.export_on, l.schedule_b, l.description,
        l.consignee_name, l.value_usd, l.license_number, l.itn, l.eei_exemption,
        d.rule_id, d.rule_kind, d.rule_from, h.outcome,
        case when h.outcome <> d.outcome and d.severity = 'high' then 'medium' else d.severity end as severity,
        concat(d.opening || ' on ' || h.export_on, d.statement, case h.savings
            when 'saved' then ' Tendered to the carrier on ' || h.tendered_on || ': the savings clause covers the'
                || ' shipment, so no license was required. Every other open question remains.'
            when 'hand-over missing' then ' The date of tender to the carrier is not recorded; the savings clause may'
                || ' cover goods en route by ' || d.en_route_on || '.'
            when 'no deadline known' then ' Tendered to the carrier on ' || h.tendered_on || ', by ' || d.en_route_on
                || ': the savings clause may cover the shipment; its deadline is not known.'
            when 'boundary day' then ' Tendered to the carrier by ' || d.en_route_on || ' and exported on the last day'
                || ' of the savings clause, ' || d.exported_before || ': whether that day counts is in doubt.'
        end,
        case when d.rule_kind = 'eei' and v.line_count > 1 then ' The total for its Schedule B number is $'
            || format('{:,.2f}', v.known_usd::double) || ' over ' || v.line_count || ' lines of the shipment.' end
        ) as because,
        d.authority, d.remedy,
        -- hand-over is never later than export: up to the day itself it settles nothing where no deadline is known
        case
            when h.savings = 'hand-over missing' and (d.exported_before is not null or h.export_on > d.en_route_on)
                then list_append(d.missing, 'tendered_on')
            else d.missing
        end as missing,
        -- why, as a code: what a savings clause makes of it goes before what the rule says
        case h.savings
            when 'saved' then 'savings-cover'
            when 'hand-over missing' then 'savings-hand-over'
            when 'no deadline known' then 'savings-deadline'
            when 'boundary day' then 'savings-boundary'
            else d.answer
        end as answer,
        coalesce(d.rules, []) as rules, l.part_number, l.quantity, l.uom, l.end_user_name,
        d.listed_pair, h.situation_key
    from hits as h
    join fetched_lines as l on l.line_id = h.line_id
    join worded_verdicts as d on d.verdict_key = h.verdict_key
    left join group_sums as v on v.line_id = h.line_id
)

select
    t.identity_hash, t.finding_id, t.source, t.shipment_id, t.line_number, t.export_on, s.activity, s.destination,
    s.eccn_recorded as eccn, t.schedule_b, t.description, t.consignee_name, t.value_usd, s.license_code,
    t.license_number, t.itn, t.eei_exemption, t.rule_id, t.rule_kind, t.rule_from, t.outcome, t.severity,
    case
        when t.rule_kind <> 'check' and s.eccn is distinct from s.eccn_recorded then concat(
            t.because, ' ECCN ', s.eccn, ' is from the item master; the line records ',
            coalesce(nullif(s.eccn_recorded, ''), 'none'), '.')
        else t.because
    end as because, t.authority, t.remedy, t.missing, s.situation_id, t.answer, t.rules, t.part_number, t.quantity,
    t.uom, t.end_user_name, t.listed_pair
from worded_hits as t
join subjects as s on s.situation_key = t.situation_key
