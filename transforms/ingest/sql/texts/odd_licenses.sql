-- Which license cells are not one code and one number? One row per pair of texts, NULL where there is no such column.
select distinct license_code as code, license_number as number
from incoming
where not is_plain_license(license_code, license_number)
