-- Which recorded names name no party?
select party_key
from parties
where name in (select name from unnamed)
    or readable_name(name) is null
