-- Is what stands in the ITN field an ITN? One row per situation in which it is not, or may not be.
-- 15 CFR part 30, appendix B: X and 14 digits, the first eight of them a date in its example; a post-departure or
-- downtime citation may stand there too.
select
    situation_key,
    case when itn_form = 'malformed' then 'flagged' else 'undetermined' end as outcome,
    case
        when itn_form = 'malformed' then 'what is recorded as ITN is neither the letter X and 14 digits nor a '
            || 'post-departure or downtime citation'
        else 'the ITN has the letter X and 14 digits, but the first eight are no date, as they are in 15 CFR part 30, '
            || 'appendix B'
    end as because,
    named([case when itn_form <> 'malformed' then 'itn' end]) as missing
from subject
where itn_form = 'malformed' or itn_timing = 'no date'
