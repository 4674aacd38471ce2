-- Is the recorded ITN in the required format (X + 14 digits)? One row per situation in which it is not, or may not be.
-- 15 CFR part 30, appendix B: the letter X and 14 digits, the first eight of them a date in its example; a
-- post-departure or downtime citation may be recorded in the field instead.
select
    situation_key,
    case when itn_form = 'malformed' then 'flagged' else 'undetermined' end as outcome,
    case
        when itn_form = 'malformed' then 'the recorded ITN is neither in the required format (X + 14 digits) nor a '
            || 'post-departure or downtime citation'
        else 'the recorded ITN is X + 14 digits, but its first eight digits are not a date; in the example in 15 CFR '
            || 'part 30, appendix B, they are'
    end as because,
    named([case when itn_form <> 'malformed' then 'itn' end]) as missing
from subject
-- what begins as a citation is for citation-malformed
where (itn_form = 'malformed' and not (citation = 'malformed' and exemption is distinct from 'unreadable'))
    or itn_timing = 'no date'
