-- Does the recorded post-departure or downtime citation show this export? One row per situation in which it does not.
-- 15 CFR part 30, appendix B: AESPOST with the USPPI number, AESDOWN with the filer number, and the date of export.
select
    situation_key, if(citation = 'another USPPI', 'undetermined', 'flagged') as outcome,
    'the recorded citation ' || case citation
        when 'malformed' then 'is not in the required format (AESPOST or AESDOWN, an EIN of 9 or 11 digits or a DUNS '
            || 'of 9 or 13, not all of them alike, and a date as 03/31/2025)'
        when 'no date' then 'has no date of the calendar'
        when 'another date' then 'has a date other than the date of export'
        else 'has a number other than that of the USPPI; one may be an EIN and the other a DUNS number'
    end as because,
    named([case when citation = 'another USPPI' then 'usppi_id' end]) as missing
from subject
where citation in ('malformed', 'no date', 'another date', 'another USPPI')
