-- Which rows of the file are no rows at all? One row per such row, with its number among the rows that are not blank.
with told_errors as (
    select
        line, min(byte_position) as byte_position, any_value(csv_line) as csv_line, error_type::varchar as error_type
    from reject_errors
    group by line, error_type
),

coded_errors as (
    select
        *,
        case error_type
            when 'MISSING COLUMNS' then 'too-few-columns'
            when 'TOO MANY COLUMNS' then 'too-many-columns'
            when 'UNQUOTED VALUE' then 'unclosed-quote'
            when 'LINE SIZE OVER MAXIMUM' then 'too-long'
            when 'INVALID ENCODING' then 'not-text'
            else 'not-csv'
        end as code
    from told_errors
)

select
    line - 1 - (select count(*) from blank_rows as b where b.line < coded_errors.line) as row_number,
    list(problem(
        '',
        case when code = 'not-csv' then lower(replace(error_type, '_', ' ')) else '' end,
        code
    ) order by byte_position) as problems,
    null::varchar[] as cells,
    coalesce(any_value(b.recorded), trim(any_value(csv_line), chr(10) || chr(13)), '') as recorded,
    null::varchar[] as identity
from coded_errors
left join as_bytes as b using (line)
group by line
