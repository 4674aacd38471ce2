-- What is the situation's own name? One row per situation.
-- The id is made of a canonical text with explicit NULL marks, because it leaves the database.
select
    situation_key,
    md5(to_json(struct_pack(
        eccn := eccn, destination := destination, activity := activity, license_code := license_code,
        license_number_form := license_number_form, exception_paragraph := exception_paragraph
    ))::varchar) as situation_id,
    eccn, destination, activity, license_code, license_number_form, exception_paragraph
from facts
