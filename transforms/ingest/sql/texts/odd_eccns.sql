-- Which texts are not an ECCN as the CCL writes it? One row per text.
with told_texts as (
    select distinct told from told_cells
)

select told from told_texts where not is_plain_eccn(told)
