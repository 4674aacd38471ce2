-- Is License Exception APR claimed for an export? One row per situation in which it is. 15 CFR 740.16 allows reexports;
-- (b)(3) speaks of exports too, of cameras of ECCN 6A003 to Country Group A:1.
select
    situation_key,
    case
        when activity is distinct from 'export' then 'undetermined'
        when item_state('cameras', eccn) <> 'out' and place_state('partners', destination) <> 'out' then 'undetermined'
        else 'flagged'
    end as outcome,
    'License Exception APR allows reexports, and '
        || if(activity = 'export', 'the line is recorded as an export', 'activity is not recorded')
        || case
            when item_state('cameras', eccn) <> 'out' and place_state('partners', destination) <> 'out'
                then '; 15 CFR 740.16(b)(3) may allow it for cameras of ECCN 6A003'
            else ''
        end as because,
    named([if(activity is distinct from 'export', 'activity', null)]) as missing
from subject
where claim = 'exception' and claim_symbol = 'APR'
