-- Does the value in AES differ from the shipment record? A dollar for each AES line may be rounding. AES includes
-- freight to the port, so a little more may be that, and less is not. Returned repairs are filed at parts and labor
-- only (15 CFR 30.29). A value missing on either side, or in a currency without an exchange rate for the day, leaves it
-- open. Low values are for value-declared-low.
with values_told as (
    select
        *, recorded_usd is null or filed_usd is null as is_value_missing, filed_usd - recorded_usd as more_usd,
        abs(more_usd) > $tolerance_usd::decimal(18, 4) * filing_count as is_off,
        100 * abs(more_usd) <= recorded_usd * $tolerance_percent::decimal(9, 4) as is_little,
        more_usd > 0 and 100 * more_usd <= recorded_usd * $freight_percent::decimal(9, 4) as is_freight,
        round(recorded_usd) > $threshold_usd and filed_usd <= $threshold_usd as is_declared_low
    from pairs
),

answers as (
    select
        *,
        case
            when is_value_missing then 'value-missing'
            when not is_off then null
            when is_repair and more_usd < 0 then 'repair'
            when is_declared_low or (is_little and more_usd > 0) then null
            when is_freight then 'freight'
            else 'differs'
        end as answer
    from values_told
)

select
    subject_key, if(answer = 'differs', 'flagged', 'undetermined') as outcome, answer,
    concat(
        'Shipment record shows ',
        coalesce(
            format('value ${:,.2f}', recorded_usd::double) || coalesce(' (recorded: ' || recorded_original || ')', ''),
            'value ' || recorded_original || ', without an exchange rate for the day', 'no value'
        ), in_lines,
        '; AES filing shows ', coalesce(format('${:,.2f}', filed_usd::double), 'no value'), in_filing,
        case answer
            when 'repair' then '; a repair is filed at the value of parts and labor'
            when 'freight' then '; inland freight to the port may explain the difference'
        end
    ) as because,
    case
        when recorded_usd is null and recorded_original is not null and filed_usd is not null then ['currency']
        when recorded_usd is null and recorded_original is not null then ['currency', 'value_usd']
        when is_value_missing then ['value_usd']
        else []
    end as missing,
    case when answer in ('repair', 'freight') or (answer = 'differs' and is_little) then 'low' end as severity
from answers
where answer is not null
