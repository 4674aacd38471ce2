-- Does the Schedule B number in AES differ from the shipment record, by its ten digits? 15 CFR 30.6(a)(12). A check
-- letter does not count. Returned repairs are filed under 9801.10, whatever the goods (30.29). Where AES has the goods
-- under the number recorded and under another one too, it is left open which is right.
with numbers as (
    select
        *, left(regexp_replace(schedule_b, '\D', '', 'g'), 10) as digits,
        left(regexp_replace(filed_schedule_b, '\D', '', 'g'), 10) as filed_digits,
        digits <> filed_digits and digits <> '' and filed_digits <> '' as is_other
    from pairs
)

select
    subject_key, if(is_other and not is_repair, 'flagged', 'undetermined') as outcome,
    case when not is_other then 'split' when is_repair then 'repair' else 'differs' end as answer,
    concat(
        'Shipment record shows Schedule B number ', schedule_b, in_lines, '; AES filing shows ',
        if(is_other, filed_schedule_b, array_to_string(filed_schedule_bs, ', ')), in_filing,
        case when is_other and is_repair then '; 9801.10 is for goods returned after repair' end
    ) as because,
    []::varchar[] as missing,
    case when is_repair or not is_other then 'low' end as severity
from numbers
where is_other or (is_first and len(filed_schedule_bs) > 1 and digits <> '')
