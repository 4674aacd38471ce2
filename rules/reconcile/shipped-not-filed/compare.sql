-- Which shipped lines that needed EEI have no filing in AES? 15 CFR 758.1(b) and 30.2(a)(1). A line of a shipment that
-- was filed may itself be exempt up to the low-value threshold (15 CFR 30.37(a)), unless a license covers it: the rules
-- on EEI decide those lines.
with weighed_lines as (
    select
        *, aes_state = 'not held' and starts_with(itn, 'X') as is_not_held,
        exists (
            select 1 from line_findings as f
            where f.subject_key = u.subject_key and f.rule_id = 'eei-filing' and f.outcome = 'flagged'
        ) as is_wanted,
        license_code = 'C30' or regexp_full_match(license_number, '[A-Z][0-9]{6}') as is_licensed,
        -- a credit takes nothing off, as in the value of a shipment
        sum(greatest(value_usd, 0)) over (partition by source, itn, schedule_b, origin_df) as total_usd
    from unmatched_lines as u
)

select
    subject_key, if(is_not_held or is_wanted, 'flagged', 'undetermined') as outcome,
    case when is_not_held then 'itn-not-held' when is_wanted then 'no-filing' else 'no-filing-line' end as answer,
    case
        when is_not_held then concat('Shipment record shows ITN ', itn, '; the AES filings do not include it')
        when is_wanted
            then 'EEI was required; no AES filing matches by ITN, shipment reference or invoice number'
        else concat(
            'Shipment record shows ITN ', itn, '; that AES filing has no line for Schedule B number ',
            coalesce(nullif(schedule_b, ''), 'not recorded')
        )
    end
        || concat('; AES filings of that month are loaded (', filings_from, ' to ', filings_until, ' in all)')
        || case when value_usd is null and value_recorded is not null
            then concat(
                '; the recorded value is ', original_amount(value_recorded, currency), ', without an exchange rate for',
                ' the day'
            ) else '' end
        as because,
    case
        when value_usd > 0 or is_not_held is true or is_wanted then []
        else [if(value_usd is null and value_recorded is not null, 'currency', 'value_usd')]
    end as missing
from weighed_lines
where is_not_held or is_wanted
    or (is_itn_held and (coalesce(value_usd <= 0, true) or is_licensed or total_usd > $threshold_usd))
