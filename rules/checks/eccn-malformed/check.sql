-- Is the recorded ECCN in the required format? One row per situation in which it is not. 15 CFR 30.6(b)(6); AES
-- requires NANNN or EAR99 (response code 515); the shipment record may add the paragraph, as in 2B999.h.2.
select
    situation_key,
    case when claim = 'other_agency' then 'undetermined' else 'flagged' end as outcome,
    -- what rests on the ECCN alone is then left to this finding: one a line
    case when claim <> 'other_agency' and not coalesce(is_eccn(eccn), false) then 'eccn-unreadable' end as answer,
    'the recorded ECCN, ' || eccn_recorded || ', is neither in the format of an ECCN (a digit, a letter A to E and '
        || 'three digits) nor EAR99' || case
            when claim = 'other_agency'
                then '; under license code ' || license_code || ' it may be another agency''s classification'
            when not coalesce(is_eccn(eccn), false) then '; what depends on the ECCN cannot be decided'
            else ''
        end as because,
    named([case when claim = 'other_agency' then 'eccn' end]) as missing
from subject
where eccn_recorded <> '' and not is_eccn
