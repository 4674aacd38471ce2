-- What does a check see? One row per situation, with the authority it claims.
select
    s.*, c.kind as claim, c.symbol as claim_symbol, c.is_license_well_formed, c.recorded_authority,
    is_eccn(s.eccn_recorded) as is_eccn
from keyed_subjects as s
join claims as c
    on c.license_code is not distinct from s.license_code
    and c.license_number_form is not distinct from s.license_number_form
    and c.exception_paragraph is not distinct from s.exception_paragraph
