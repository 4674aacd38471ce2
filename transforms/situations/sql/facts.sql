-- What does the law see of this line? One row per row of `subject`, with the facts and the key of its situation.
-- 15 CFR 758.1(g): a license number in AES is one letter and six digits; any other authority is named by its symbol.
select
    subject.*,
    case
        when license_number is null then null
        when license_number = '' then ''
        when length(license_number) = 7 and left(license_number, 1) between 'A' and 'Z'
            and translate(substr(license_number, 2), '0123456789', '9999999999') = '999999' then 'well formed'
        when license_number = 'DY6' then 'DY6'
        when length(license_number) <= 9 and translate(license_number, '0123456789', '') = license_number
            then license_number
        else 'malformed'
    end as license_number_form,
    hash(eccn, destination, activity, license_code, license_number_form, exception_paragraph) as situation_key
from subject
