-- Is the recorded origin D, F or a country that tells which? One row per situation in which it is not. 15 CFR
-- 30.6(a)(11). Such an origin opens no group of its own in the low-value test.
select
    situation_key, 'flagged' as outcome,
    'the recorded origin is neither D, F nor a country of origin' as because, named([]) as missing
from subject
where origin_form = 'malformed'
