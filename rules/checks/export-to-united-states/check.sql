-- Is the line recorded as an export from a State to the United States? One row per situation in which it is. 15 CFR
-- 30.2(a)(1): an export leaves for a foreign country; 30.6(a)(5): the country of ultimate destination is where goods
-- are consumed. Either the destination or the activity is recorded wrongly.
select
    situation_key, 'undetermined' as outcome,
    'the line is recorded as an export from a State' || if(activity = 'export', '', ' (activity is not recorded)')
        || ', and its country of ultimate destination is the United States' as because,
    named(['destination', if(activity = 'export', null, 'activity')]) as missing
from subject
where destination = 'US' and leaves_from = ''
