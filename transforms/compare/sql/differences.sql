-- What did the SQL of the comparison at hand select? One row per difference; columns that it may leave out are NULL.
from answered
union all by name
select
    null::ubigint as subject_key, null::varchar as outcome, null::varchar as answer, null::varchar as because,
    null::varchar[] as missing, null::date as from_on, null::date as until_on, null::varchar as severity
where false
