-- Does AES hold the filing that a post-departure or downtime citation stands for? One row per situation in which a
-- report taken after the filing deadline does not show it, shows it canceled, or not accepted. 15 CFR 30.4 and 30.7.
select
    situation_key, 'flagged' as outcome,
    case aes_state
        when 'cancelled' then 'the filing that the recorded citation stands for is canceled in AES'
        when 'rejected' then 'AES has not accepted the filing that the recorded citation stands for'
        else 'AES reports taken after the filing deadline do not show a filing for the recorded citation'
    end as because,
    named([]) as missing
from subject
where aes_state in ('not held', 'cancelled', 'rejected')
    and coalesce(itn_form not in ('well formed', 'distant', 'impossible'), true)
