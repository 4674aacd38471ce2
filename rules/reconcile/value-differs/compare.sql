-- Does the value in AES differ from the shipment record? A dollar for each AES line may be rounding, and a percentage
-- of the recorded value freight. A value missing on either side, or in a currency without an exchange rate for the day,
-- leaves it open. Low values are for value-declared-low.
with values_told as (
    select
        *, recorded_usd is null or filed_usd is null as is_value_missing,
        abs(recorded_usd - filed_usd) > greatest(
            $tolerance_usd::decimal(18, 4) * filing_count, recorded_usd * $tolerance_percent::decimal(9, 4) / 100
        )
        and not (round(recorded_usd) > $threshold_usd and filed_usd <= $threshold_usd) as is_value_off
    from pairs
)

select
    subject_key, if(is_value_missing, 'undetermined', 'flagged') as outcome,
    if(is_value_missing, 'value-missing', 'differs') as answer,
    concat(
        'Shipment record shows ',
        coalesce(
            format('value ${:,.2f}', recorded_usd::double) || coalesce(' (recorded: ' || recorded_original || ')', ''),
            'value ' || recorded_original || ', without an exchange rate for the day', 'no value'
        ), in_lines,
        '; AES filing shows ', coalesce(format('${:,.2f}', filed_usd::double), 'no value'), in_filing
    ) as because,
    case
        when recorded_usd is null and recorded_original is not null and filed_usd is not null then ['currency']
        when recorded_usd is null and recorded_original is not null then ['currency', 'value_usd']
        when is_value_missing then ['value_usd']
        else []
    end as missing
from values_told
where is_value_missing or is_value_off
