-- Which row has a text with whole rows in it? The first one: how it begins, and over how many further lines the text
-- runs. Between two stray quotation marks there are, for each line end, as many delimiters as part the columns of a
-- row.
with swallowing_rows as (
    select
        cells,
        list_filter(
            cells,
            lambda text: (contains(text, chr(10)) or contains(text, chr(13)))
                and length(text) - length(replace(text, $delimiter, ''))
                    >= ($width - 1) * len(regexp_extract_all(text, '[\r\n]+'))
        ) as swallowing
    from rows_over_lines
)

select
    left(array_to_string(list_transform(cells[1:4], lambda text: coalesce(text, '')), $delimiter), 60) as began,
    len(regexp_extract_all(swallowing[1], '[\r\n]+')) as ends
from swallowing_rows
where len(swallowing) > 0
limit 1
