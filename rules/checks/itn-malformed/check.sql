-- Is the recorded ITN in the required format (X + 14 digits)? One row per situation in which it is not.
-- 15 CFR part 30, appendix B: the letter X and 14 digits; a post-departure or downtime citation may be recorded in the
-- field instead. Whether its date can be is for itn-date-impossible.
select
    situation_key, 'flagged' as outcome,
    'the recorded ITN is neither in the required format (X + 14 digits) nor a post-departure or downtime citation'
        as because,
    named([]) as missing
from subject
-- what begins as a citation is for citation-malformed
where itn_form = 'malformed' and not (citation = 'malformed' and exemption is distinct from 'unreadable')
