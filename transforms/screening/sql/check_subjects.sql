-- What does a check see? One row per situation, with the authority it claims.
select
    s.*, c.kind as claim, c.symbol as claim_symbol, c.is_license_well_formed, c.recorded_authority,
    coalesce(s.eccn_recorded = 'EAR99'
        or regexp_full_match(s.eccn_recorded, '[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*'), false) as is_eccn
from subjects as s
join claims as c
    on c.license_code is not distinct from s.license_code
    and c.license_number_form is not distinct from s.license_number_form
    and c.exception_paragraph is not distinct from s.exception_paragraph
