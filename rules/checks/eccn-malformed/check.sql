-- Is the recorded ECCN in the required format? One row per situation in which it is not. 15 CFR 30.6(b)(6); AES
-- requires NANNN or EAR99 (response code 515); the shipment record may add the paragraph, as in 2B999.h.2.
select
    situation_key,
    case when claim = 'other_agency' then 'undetermined' else 'flagged' end as outcome,
    'the recorded ECCN, ' || eccn_recorded || ', is neither in the format of an ECCN (a digit, a letter A to E and '
        || 'three digits) nor EAR99' || case
            when claim = 'other_agency'
                then '; under license code ' || license_code || ' it may be another agency''s classification'
            else ''
        end as because,
    named([case when claim = 'other_agency' then 'eccn' end]) as missing
from subject
where eccn_recorded <> '' and not is_eccn
