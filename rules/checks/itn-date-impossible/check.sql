-- Can the ITN be of a filing for this export, by its date? One row per situation in which it cannot, or may not. 15 CFR
-- 30.7 and part 30, appendix B: AES gives an ITN when it accepts the filing, and its first eight digits are that day.
with dated as (
    select
        situation_key, itn_timing,
        itn_form = 'impossible' or exemption = 'ITN, impossible' as is_impossible
    from subject
    where (itn_form in ('distant', 'impossible') or starts_with(exemption, 'ITN, '))
        and aes_state is distinct from 'held as recorded'
)

select
    situation_key, if(is_impossible, 'flagged', 'undetermined') as outcome,
    'the recorded ITN ' || words_of_timing(itn_timing)
        || if(is_impossible, '; it is no proof of filing', '; it may be the ITN of another export') as because,
    named([if(is_impossible, null, 'itn')]) as missing
from dated
