-- Which rows of the item master cannot be loaded, and why? One row per such row, with every problem found in it.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    with_faults(recorded.faults, [
        case when coalesce(part_number, '') = ''
            then problem('part_number', recorded.part_number, 'missing') end,
        case when is_formula_error(recorded.part_number)
            then problem('part_number', recorded.part_number, 'formula-error') end,
        case when is_formula_error(recorded.eccn)
            then problem('eccn', recorded.eccn, 'formula-error') end,
        case when list_contains($must_fill::varchar[], 'eccn') and coalesce(eccn, '') = ''
            then problem('eccn', recorded.eccn, 'not-confirmed') end,
        case when list_contains($must_fill::varchar[], 'eccn') and eccn <> '' and not is_eccn(eccn)
            then problem('eccn', recorded.eccn, 'not-an-eccn') end,
        case when valid_from is null and not is_blank_date(recorded.valid_from)
            then no_date('valid_from', recorded.valid_from, $valid_from_forms, $time_zone) end,
        case when valid_until is null and not is_open_end(recorded.valid_until)
            then no_date('valid_until', recorded.valid_until, $valid_until_forms, $time_zone) end,
        case when valid_until < valid_from
            then problem('valid_until', recorded.valid_until, 'before-valid-from') end,
        case when is_formula_error(recorded.schedule_b)
            then problem('schedule_b', recorded.schedule_b, 'formula-error') end,
        case when detectors is null and recorded.detectors <> ''
            then problem('detectors', recorded.detectors, 'not-a-whole-number') end,
        case when spectral is null and recorded.spectral is not null
            then problem('spectral', recorded.spectral, 'not-a-flag') end,
        case when top_down_proteomics is null and recorded.top_down_proteomics is not null
            then problem('top_down_proteomics', recorded.top_down_proteomics, 'not-a-flag') end,
        case when fda_device is null and recorded.fda_device is not null
            then problem('fda_device', recorded.fda_device, 'not-a-flag') end,
        case when item_facts is null and recorded.item_facts is not null
            then problem(
                'item_facts', recorded.item_facts,
                if(read_item_facts(recorded.item_facts, f) is null, 'unknown-fact', 'facts-at-odds')
            ) end
    ]) as problems,
    recorded.cells as cells, null::varchar as recorded,
    case
        when part_number <> '' and (valid_from is not null or coalesce(recorded.valid_from, '') = '')
            then [part_number, valid_from::varchar]
    end as identity
from typed
cross join item_fact_forms as f
asof left join skipped on skipped.place <= typed.row_number
where is_unread
