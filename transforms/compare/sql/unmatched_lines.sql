-- Which lines that needed a filing have none in AES? One row per line on days that the loaded filings cover.
-- 15 CFR 758.1(b) and 30.2(a)(1). A line of a shipment that was filed may itself be exempt up to 2,500 dollars (15 CFR
-- 30.37(a)), unless a license covers it: such lines are left to the rules on EEI.
with unmatched_lines as (
    select l.*
    from current_lines as l
    where coalesce(l.activity, '') in ('', 'export') and l.form is distinct from 'intangible'
        and l.export_on between $first_on and $last_on
        and exists (
            select 1 from covered_months as c
            where c.month_on = date_trunc('month', l.export_on)
                and (c.usppi_number = '' or coalesce(l.usppi_id, '') = '' or c.usppi_number = ein_of(l.usppi_id))
        )
        and not exists (select 1 from filing_matches as m where m.line_id = l.line_id)
),

held_numbers as (
    select distinct itn from current_filings where itn in (select itn from unmatched_lines)
),

weighed_lines as (
    select
        u.line_id, u.itn, u.schedule_b, s.aes_state = 'not held' as is_not_held, h.itn <> '' as is_held,
        exists (
            select 1 from found as e
            where e.rule_id = 'eei-filing' and e.outcome = 'flagged' and e.source = u.source
                and e.shipment_id = u.shipment_id and e.line_number = u.line_number
        ) as is_wanted,
        u.license_code = 'C30' or regexp_full_match(u.license_number, '[A-Z][0-9]{6}') as is_licensed,
        -- a credit takes nothing off, as in the sums of contexts/shipment_value
        sum(greatest(u.value_usd, 0)) over (partition by u.source, u.itn, u.schedule_b, u.origin_df) as total_usd,
        u.value_usd is null as is_value_missing
    from unmatched_lines as u
    left join aes_states as s on s.line_id = u.line_id
    left join held_numbers as h on h.itn = u.itn
)

select
    line_id, null::ubigint as filing_id, 'shipped-not-filed' as rule_id,
    case when is_not_held or is_wanted then 'flagged' else 'undetermined' end as outcome,
    case
        when is_not_held then concat('The shipment record says ITN ', itn, ', AES holds no such filing')
        when is_wanted
            then 'EEI was needed, AES holds no filing that matches by ITN, shipment reference or invoice number'
        else concat(
            'The shipment record says ITN ', itn, ', AES holds it without a line for Schedule B number ',
            coalesce(nullif(schedule_b, ''), 'not recorded')
        )
    end
        || concat('; filings of that month are loaded (', $first_on::date, ' to ', $last_on::date, ' in all).')
            as because,
    case
        when is_value_missing and not (is_not_held is true or is_wanted) then ['value_usd']
        else []::varchar[]
    end as missing,
    case when is_not_held then 'itn-not-held' when is_wanted then 'no-filing' else 'no-filing-line' end as answer
from weighed_lines
where is_not_held or is_wanted
    or (is_held and (is_value_missing or is_licensed or total_usd > $threshold_usd))
