-- Is the recorded Schedule B number ten digits of a chapter from 01 on? One row per situation in which it is not.
-- 15 CFR 30.6(a)(12). Such a number opens no group of its own in the low-value test.
select
    situation_key, 'flagged' as outcome,
    'the recorded Schedule B number is not ten digits' as because, named([]) as missing
from subject
where schedule_b_form = 'malformed'
