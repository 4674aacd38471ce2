-- Which rows of the file are no rows at all? One row per such row, with its number among the rows that are not blank.
with told_errors as (
    select
        line, min(byte_position) as byte_position, any_value(csv_line) as csv_line, error_type::varchar as error_type,
        any_value(error_message) as error_message
    from reject_errors
    group by line, error_type
)

select
    line - 1 - (select count(*) from blank_rows as b where b.line < told_errors.line) as row_number,
    list(struct_pack(
        column_name := '', recorded := '',
        reason := case error_type
            when 'MISSING COLUMNS' then 'fewer columns than headings'
            when 'TOO MANY COLUMNS'
                then 'more columns than headings; a text with a delimiter in it needs quotation marks'
            when 'UNQUOTED VALUE'
                then 'a quotation mark is not closed, or stands inside a quoted text without being doubled'
            when 'LINE SIZE OVER MAXIMUM' then 'longer than 2,000,000 bytes'
            when 'INVALID ENCODING'
                then 'bytes that are not ' || $encoding
                    || '; another encoding can be said with --encoding, or in the layout'
            else lower(replace(error_type, '_', ' '))
        end
    ) order by byte_position) as problems,
    null::varchar[] as cells,
    coalesce(any_value(b.recorded), trim(any_value(csv_line), chr(10) || chr(13)), '') as recorded,
    null::varchar[] as identity
from told_errors
left join as_bytes as b using (line)
group by line
