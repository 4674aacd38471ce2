-- What is the situation's own name? One row per situation.
-- The id is made of a canonical text with explicit NULL marks, because it leaves the database.
select
    situation_key,
    md5(to_json(struct_pack(
        eccn := eccn, destination := destination, activity := activity, form := form, license_code := license_code,
        license_number_form := license_number_form, exception_paragraph := exception_paragraph, itn_form := itn_form,
        itn_timing := itn_timing, exemption := exemption, filing_option := filing_option, hs6 := hs6,
        via_country := via_country, consignee_elsewhere := consignee_elsewhere, end_user_elsewhere := end_user_elsewhere
    ))::varchar) as situation_id,
    eccn, destination, activity, form, license_code, license_number_form, exception_paragraph, itn_form, itn_timing,
    exemption, filing_option, hs6, via_country, consignee_elsewhere, end_user_elsewhere
from facts
