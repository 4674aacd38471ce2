-- What does each row of the item master say, in canonical types? One row per row of `incoming`; `is_unread` marks the
-- rows that cannot be loaded. Text keeps NULL for "no such column" and '' for "left empty". What texts say that are not
-- read at sight stands in the tables of `texts/`.
with read_rows as (
    select
        i.source,
        i.part_number,
        coalesce(t1.beside_nlr, i.eccn) as eccn,
        day_of(i.valid_from, t2.day, $valid_from_forms) as valid_from,
        day_of(i.valid_until, t3.day, $valid_until_forms) as valid_until,
        i.description,
        translate(read_code(i.schedule_b), '. -', '') as schedule_b,
        read_integer(i.detectors) as detectors,
        read_flag(i.spectral) as spectral,
        read_flag(i.top_down_proteomics) as top_down_proteomics,
        read_flag(i.fda_device) as fda_device,
        agreeing_facts(i.item_facts, f) as item_facts,
        i.row_number,
        i as recorded
    from incoming as i
    cross join item_fact_forms as f
    left join eccn_texts as t1 on t1.told = i.eccn
    left join day_texts as t2 on t2.column_name = 'valid_from' and t2.told = i.valid_from
    left join day_texts as t3 on t3.column_name = 'valid_until' and t3.told = i.valid_until
)

select
    *,
    coalesce(part_number, '') = '' or is_formula_error(recorded.part_number) or is_formula_error(recorded.eccn)
        or is_formula_error(recorded.schedule_b)
        or coalesce(
            (valid_from is null and not is_blank_date(recorded.valid_from))
            or (valid_until is null and not is_open_end(recorded.valid_until))
            or valid_until < valid_from or (detectors is null and recorded.detectors <> ''),
            false
        )
        or (spectral is null and recorded.spectral is not null)
        or (top_down_proteomics is null and recorded.top_down_proteomics is not null)
        or (fda_device is null and recorded.fda_device is not null)
        or (item_facts is null and recorded.item_facts is not null)
        or (list_contains($must_fill::varchar[], 'eccn') and not is_eccn(eccn))
        or coalesce(len(recorded.faults) > 0, false) as is_unread
from read_rows
