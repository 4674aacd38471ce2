-- What exactly differs, in words? One row per matched line and rule. Law: 15 CFR 30.6 by data element, 758.1(g); each
-- rule.yml cites its own. AES records the five-character ECCN only, and Hong Kong apart from China (`places_alike`).
with worded_pairs as (
    select
        c.*,
        case when line_count > 1 then ' in lines ' || array_to_string(line_numbers, ', ') || ' together' else '' end
            as in_lines,
        concat(
            case when filing_count > 1 then ' in ' || filing_count || ' lines' else '' end, ' under ',
            coalesce(nullif(filed_itn, ''), 'a filing without ITN'),
            case when filing_count = 1 then ' line ' || filed_line end, ' (matched by ', matched_by, ').'
        ) as in_filing,
        regexp_replace(lower(strip_accents(consignee_name)), '[^\p{L}\p{N}]', '', 'g') as folded_name,
        regexp_replace(lower(strip_accents(filed_consignee)), '[^\p{L}\p{N}]', '', 'g') as filed_folded_name,
        regexp_replace(upper(license_number), '[^A-Z0-9]', '', 'g') as folded_number,
        regexp_replace(upper(filed_number), '[^A-Z0-9]', '', 'g') as filed_folded_number,
        left(regexp_replace(schedule_b, '\D', '', 'g'), 10) as digits,
        left(regexp_replace(filed_schedule_b, '\D', '', 'g'), 10) as filed_digits,
        exists (
            select 1 from places_alike as a
            where a.one = c.destination and a.other = c.filed_destination and c.export_on >= a.from_on
        ) as is_same_place,
        regexp_full_match(license_number, '[A-Z]{3}') and license_number <> 'NLR'
            and filed_destination = end_user_country as is_end_user_place
    from differing_pairs as c
),

single_differences as (
    select line_id, is_cancelled, in_filing, unnest([
        case when is_cancelled then struct_pack(
            rule_id := 'filing-cancelled', outcome := 'flagged', missing := []::varchar[],
            recorded := 'that this line was shipped', filed := 'its filing as canceled') end,
        case when matched_by <> 'ITN' and itn <> filed_itn and itn <> '' and filed_itn <> '' then struct_pack(
            rule_id := 'itn-differs', outcome := 'flagged', missing := [],
            recorded := 'ITN ' || itn, filed := 'it') end,
        case when is_first and is_value_missing then struct_pack(
            rule_id := 'value-differs', outcome := 'undetermined', missing := ['value_usd'],
            recorded := coalesce(format('{:,.2f} USD', recorded_usd::double), 'no value') || in_lines,
            filed := coalesce(format('{:,.2f} USD', filed_usd::double), 'no value'))
        when is_first and is_declared_low then struct_pack(
            rule_id := 'value-declared-low', outcome := 'flagged', missing := [],
            recorded := format('{:,.2f} USD', recorded_usd::double) || in_lines,
            filed := format('{:,.2f} USD, not over {:,.0f} USD,', filed_usd::double, $threshold_usd::double))
        when is_first and is_value_off then struct_pack(
            rule_id := 'value-differs', outcome := 'flagged', missing := [],
            recorded := format('{:,.2f} USD', recorded_usd::double) || in_lines,
            filed := format('{:,.2f} USD', filed_usd::double)) end,
        case when is_first and is_quantity_off then struct_pack(
            rule_id := 'quantity-differs', outcome := 'flagged', missing := [],
            recorded := concat(rtrim(rtrim(recorded_quantity::varchar, '0'), '.'), ' ', unit, in_lines),
            filed := concat(rtrim(rtrim(filed_quantity::varchar, '0'), '.'), ' ', filed_unit)) end,
        case when left(eccn, 5) <> filed_eccn and regexp_full_match(eccn, 'EAR99|[0-9][A-E][0-9]{3}(\..*)?')
            and filed_eccn <> '' and not coalesce(list_contains(filed_eccns, left(eccn, 5)), false) then struct_pack(
            rule_id := 'eccn-differs', outcome := 'flagged', missing := [],
            recorded := 'ECCN ' || eccn, filed := filed_eccn) end,
        case when digits <> filed_digits and digits <> '' and filed_digits <> '' then struct_pack(
            rule_id := 'schedule-b-differs', outcome := 'flagged', missing := [],
            recorded := 'Schedule B number ' || schedule_b, filed := filed_schedule_b) end,
        case when destination <> filed_destination and destination <> '' and filed_destination <> ''
            and not is_same_place
            then struct_pack(
            rule_id := 'destination-differs',
            outcome := case when is_end_user_place then 'undetermined' else 'flagged' end, missing := [],
            recorded := 'destination ' || destination,
            filed := filed_destination
                || case
                    when is_end_user_place then ', the country of the end user under a license exception,'
                    else ''
                end)
            end,
        case when folded_name <> filed_folded_name and folded_name <> '' and filed_folded_name <> '' then struct_pack(
            rule_id := 'consignee-differs',
            outcome := case when jaro_winkler_similarity(folded_name, filed_folded_name) >= $similarity::double
                then 'undetermined' else 'flagged' end,
            missing := [], recorded := 'consignee ' || consignee_name, filed := filed_consignee) end,
        case when license_code <> filed_code and license_code <> '' and filed_code <> ''
            and not coalesce(list_contains(filed_codes, license_code), false) then struct_pack(
            rule_id := 'license-code-differs', outcome := 'flagged', missing := [],
            recorded := 'license code ' || license_code, filed := filed_code) end,
        case when folded_number <> filed_folded_number and folded_number <> '' and filed_folded_number <> ''
            and not coalesce(list_contains(filed_numbers, license_number), false) then struct_pack(
            rule_id := 'license-number-differs', outcome := 'flagged', missing := [],
            recorded := 'license number ' || license_number, filed := filed_number) end,
        case when origin_df <> filed_origin and origin_df <> '' and filed_origin <> '' then struct_pack(
            rule_id := 'origin-differs', outcome := 'flagged', missing := [],
            recorded := 'origin ' || origin_df, filed := filed_origin) end
    ]) as difference
    from worded_pairs
)

select
    line_id, null::ubigint as filing_id, difference.rule_id as rule_id, difference.outcome as outcome,
    concat('The shipment record says ', difference.recorded, ', AES holds ', difference.filed, in_filing) as because,
    difference.missing as missing,
    case
        when difference.outcome = 'flagged' then 'differs'
        when difference.rule_id = 'value-differs' then 'value-missing'
        when difference.rule_id = 'consignee-differs' then 'near-name'
        else 'end-user-country'
    end as answer
from single_differences
where difference is not null and (not is_cancelled or difference.rule_id = 'filing-cancelled')
