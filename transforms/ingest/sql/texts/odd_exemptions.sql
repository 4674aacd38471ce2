-- Which texts are not an exemption legend as 15 CFR part 30 writes it? One row per text.
with told_texts as (
    select distinct told from told_cells where told <> ''
)

select told from told_texts where not regexp_full_match(told, '30\.[0-9]{1,2}(\([a-z0-9]\))*')
