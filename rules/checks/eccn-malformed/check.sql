-- Is what is recorded as ECCN an ECCN? One row per situation in which it is not. 15 CFR 30.6(b)(6); AES wants NANNN or
-- EAR99 (response code 515); this record may add the paragraph, as in 2B999.h.2.
select
    situation_key,
    case when claim = 'other_agency' then 'undetermined' else 'flagged' end as outcome,
    'what is recorded as ECCN, ' || eccn_recorded || ', is neither an ECCN nor EAR99'
        || case when claim <> 'other_agency' then ''
            else '; under code ' || license_code || ' it may be the class of another agency' end as because,
    named([case when claim = 'other_agency' then 'eccn' end]) as missing
from subject
where eccn_recorded <> '' and not is_eccn
