-- Is the line filed or exempt? One row per situation that claims both. 15 CFR part 30, appendix B: proof of filing, a
-- post-departure or downtime citation, or an exemption legend; each says that the others do not hold.
select
    situation_key,
    case when itn_form = 'malformed' then 'undetermined' else 'flagged' end as outcome,
    'the exemption legend ' || exemption || ' stands beside ' || case itn_form
        when 'well formed' then 'an ITN'
        when 'malformed' then 'an ITN that is none, so whether it was filed is not known'
        else 'an ' || itn_form || ' citation'
    end as because,
    named([case when itn_form = 'malformed' then 'itn' end]) as missing
from subject
where starts_with(exemption, '30.') and itn_form <> ''
