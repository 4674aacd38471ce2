-- Does the line record two of these: an ITN, a post-departure or downtime citation, an exemption legend? One row per
-- situation that does. 15 CFR part 30, appendix B: each excludes the others; and a line has one ITN.
select
    situation_key,
    if(starts_with(exemption, '30.') and itn_form = 'malformed', 'undetermined', 'flagged') as outcome,
    case
        when citation = 'another ITN' then 'two different ITNs are recorded'
        when exemption in ('AESPOST', 'AESDOWN') then 'an ' || exemption || ' citation is recorded together with an ITN'
        when starts_with(exemption, 'ITN') then 'an ITN is recorded together with an ' || itn_form || ' citation'
        else 'exemption legend ' || exemption || ' is recorded together with ' || case itn_form
            when 'malformed' then 'an ITN that is not in the required format, so it is not known whether EEI was filed'
            when 'AESPOST' then 'an AESPOST citation'
            when 'AESDOWN' then 'an AESDOWN citation'
            else 'an ITN'
        end
    end as because,
    named([case when itn_form = 'malformed' then 'itn' end]) as missing
from subject
where (starts_with(exemption, '30.') and itn_form <> '')
    or (exemption in ('AESPOST', 'AESDOWN') and itn_form in ('well formed', 'distant', 'impossible'))
    or (starts_with(exemption, 'ITN') and itn_form in ('AESPOST', 'AESDOWN'))
    or citation = 'another ITN'
