-- Does the line record both an exemption legend and proof of filing? One row per situation that does. 15 CFR part 30,
-- appendix B: an ITN, a post-departure or downtime citation, or an exemption legend; each excludes the others.
select
    situation_key,
    case when itn_form = 'malformed' then 'undetermined' else 'flagged' end as outcome,
    'exemption legend ' || exemption || ' is recorded together with ' || case itn_form
        when 'well formed' then 'an ITN'
        when 'malformed' then 'an ITN that is not in the required format, so it is not known whether EEI was filed'
        else 'an ' || itn_form || ' citation'
    end as because,
    named([case when itn_form = 'malformed' then 'itn' end]) as missing
from subject
where starts_with(exemption, '30.') and itn_form <> ''
