-- Is the license number missing where the license code goes with one? One row per situation in which it is, or may be.
-- 15 CFR 758.1(g) and AESTIR Appendix F: each code goes with a license number, a citation or a symbol. A symbol is
-- required only of filed lines (15 CFR 758.1(g) says what to file), and the code implies it.
with coded as (
    select
        s.situation_key, s.license_code, s.license_number_form, c.number_form,
        c.kind in ('license', 'other_agency') or c.takes_own_number as has_own_number,
        is_filed(s.itn_form, s.exemption) as is_filed
    from subject as s
    join license_codes as c on c.code = s.license_code
    where coalesce(s.license_number_form, '') = ''
)

select
    situation_key,
    case when license_number_form is null then 'undetermined' else 'flagged' end as outcome,
    case when has_own_number then null else 'low' end as severity,
    'license code ' || license_code || case
        when license_number_form is null then ' goes with a number that the source does not provide'
        when has_own_number then ' goes with a license number or citation; none is recorded'
        else ' is filed with the symbol ' || number_form || '; none is recorded'
    end as because,
    named([case when license_number_form is null then 'license_number' end]) as missing
from coded
where has_own_number or (is_filed and license_number_form = '')
