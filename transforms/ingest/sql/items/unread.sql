-- Which rows of the item master cannot be loaded, and why? One row per such row, with every problem found in it.
select
    row_number + coalesce(skipped_rows, 0) as row_number,
    list_filter([
        case when coalesce(part_number, '') = '' then struct_pack(
            column_name := 'part_number', recorded := recorded.part_number,
            reason := 'no part number: an item record needs one') end,
        case when is_formula_error(recorded.part_number) then struct_pack(
            column_name := 'part_number', recorded := recorded.part_number, reason := 'a formula that failed') end,
        case when is_formula_error(recorded.eccn) then struct_pack(
            column_name := 'eccn', recorded := recorded.eccn, reason := 'a formula that failed') end,
        case when list_contains($must_fill::varchar[], 'eccn') and coalesce(eccn, '') = '' then struct_pack(
            column_name := 'eccn', recorded := recorded.eccn, reason := 'not filled in yet: nothing is confirmed') end,
        case when list_contains($must_fill::varchar[], 'eccn') and eccn <> '' and not is_eccn(eccn) then struct_pack(
            column_name := 'eccn', recorded := recorded.eccn,
            reason := 'not one ECCN: confirm one, with its paragraph where it has one, as 3A069.a or 3A999, or EAR99'
        ) end,
        case when valid_from is null and recorded.valid_from <> '' then struct_pack(
            column_name := 'valid_from', recorded := recorded.valid_from,
            reason := 'not a date, from 1980 to 2099, in the forms ' || array_to_string($valid_from_forms, ', ')) end,
        case when valid_until is null and recorded.valid_until <> '' then struct_pack(
            column_name := 'valid_until', recorded := recorded.valid_until,
            reason := 'not a date, from 1980 to 2099, in the forms ' || array_to_string($valid_until_forms, ', ')) end,
        case when valid_until < valid_from then struct_pack(
            column_name := 'valid_until', recorded := recorded.valid_until, reason := 'before valid_from') end,
        case when is_formula_error(recorded.schedule_b) then struct_pack(
            column_name := 'schedule_b', recorded := recorded.schedule_b, reason := 'a formula that failed') end,
        case when detectors is null and recorded.detectors <> '' then struct_pack(
            column_name := 'detectors', recorded := recorded.detectors, reason := 'not a whole number') end,
        case when spectral is null and recorded.spectral is not null then struct_pack(
            column_name := 'spectral', recorded := recorded.spectral,
            reason := 'not one of Y, N, yes, no, true, false, 1, 0') end,
        case when top_down_proteomics is null and recorded.top_down_proteomics is not null then struct_pack(
            column_name := 'top_down_proteomics', recorded := recorded.top_down_proteomics,
            reason := 'not one of Y, N, yes, no, true, false, 1, 0') end,
        case when fda_device is null and recorded.fda_device is not null then struct_pack(
            column_name := 'fda_device', recorded := recorded.fda_device,
            reason := 'not one of Y, N, yes, no, true, false, 1, 0') end
    ], lambda problem: problem is not null) as problems,
    recorded.cells as cells, null::varchar as recorded,
    case
        when part_number <> '' and (valid_from is not null or coalesce(recorded.valid_from, '') = '')
            then [part_number, valid_from::varchar]
    end as identity
from typed
asof left join skipped on skipped.place <= typed.row_number
where is_unread
