-- Which code and which number do both cells say together? One row per pair; NULL where they stay as they came.
with licensed_texts as (
    select t.*, shared_license(t.code, t.number, f.codes, f.symbols) as license
    from odd_texts as t
    cross join license_forms as f
)

select code, number, license[1] as sole_code, license[2] as sole_number from licensed_texts
