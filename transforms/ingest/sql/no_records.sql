-- Which of the rows that cannot be loaded are no records at all? One row per such row, with why it is left out: it is
-- blank, repeats what stands above the table, adds rows up, or is a note below or between them. A row that could be
-- loaded is never asked, so that no record is taken for one of these.
with rows_aside as (
    select
        row_number, cells is not null as has_columns, cells as came, recorded as as_it_came,
        list_transform(
            coalesce(cells, string_split(recorded, $delimiter)), lambda one: trim(one, ' "' || chr(9) || chr(160))
        ) as cells
    from quarantine
    where batch_id = $batch_id and not list_contains(list_transform(problems, lambda one: one.code), 'two-rows')
),

told_rows as (
    select
        *,
        list_filter(cells, lambda one: one <> '') as filled,
        regexp_replace(lower(array_to_string(cells, '')), '[^\pL]', '', 'g') as letters,
        list_filter($keys::integer[], lambda place: has_columns and coalesce(cells[place], '') <> '') as keys_filled,
        len(list_filter(
            range(1, len(cells) + 1), lambda place: cells[place] <> '' and not list_contains($numbers::bigint[], place)
        )) = 0 as has_numbers_alone
    from rows_aside
),

judged_rows as (
    select
        *,
        lower(filled[1]) as first,
        -- sums, currencies and units alone stand beside the word
        len(list_filter(
            filled[2:], lambda one: not regexp_full_match(
                one, '[-+(]?[$€£]?[0-9][0-9.,''’ \x{00A0}]*[-)%]?|[A-Z]{2,4}|\*+'
            )
        )) = 0 as has_sums_alone,
        len(list_filter(keys_filled, lambda place: not starts_with(cells[place], filled[1]))) = 0 as has_no_key,
        len(list_filter(keys_filled, lambda place: regexp_matches(cells[place], '[0-9]'))) = 0 as has_no_number_in_key
    from told_rows
)

select
    row_number,
    case
        when len(filled) = 0 then 'blank'
        -- a line of which little but a country is left has few letters, and digits in its key
        when length(letters) >= 8 and list_contains($heads::varchar[], letters) and has_no_number_in_key
            then 'page-head'
        when len(list_filter($totals::varchar[], lambda word: starts_with(first, word))) > 0 then 'total'
        when len(list_filter($skips::varchar[], lambda word: starts_with(first, word))) > 0 then 'footer'
        when has_sums_alone and has_no_key and (has_columns or not regexp_matches(first, '[0-9]')) and regexp_matches(
            first,
            '^([-*= ]*(grand|sub|report|page|overall|over-?all)?[ -]?(totals?|subtotals?|sum|sums|summe|gesamt'
            || '|gesamtsumme|zwischensumme|endsumme|gesamtergebnis|ergebnis|result|somme|sous-total|suma|totale|totaal'
            || '|totais)\b|\*+$)'
        ) then 'total'
        when has_columns and has_numbers_alone and has_no_key then 'total'
        when len(filled) = 1 and regexp_matches(
            first,
            '^[-*= ]*((page|seite|pagina)\b|(printed|run|created|generated|exported|extracted|report|date|user|source'
            || '|list|number of|no\. of|records?|rows?|lines?|entries|anzahl|erstellt|gedruckt|end of|ende|end\b'
            || '|confidential|disclaimer|note|filters?|applied)[ :.*]|[0-9,.]+ (rows?|records?|lines?|entries'
            || '|datens)|[-*=_ ]+$)'
        ) then 'footer'
    end as reason,
    came as cells,
    as_it_came as recorded
from judged_rows
where reason is not null
