-- Is the recorded value above zero? One row per situation in which it is not. 15 CFR 30.6(a)(17): what is free of
-- charge has a value, too.
select situation_key, 'flagged' as outcome, 'the recorded value is zero or less' as because, named([]) as missing
from subject
where value_form = 'not positive'
