-- What does filing turn on? One row per distinct combination: a second, smaller family of situations.
select distinct
    f.* exclude (situation_key), c.kind as claim, c.symbol as claim_symbol
from filing_subjects as f
join claims as c
    on c.license_code is not distinct from f.license_code
    and c.license_number_form is not distinct from f.license_number_form
    and c.exception_paragraph is not distinct from f.exception_paragraph
