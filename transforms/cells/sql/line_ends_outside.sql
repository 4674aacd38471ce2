-- And of the headings, and of the rows that are no CSV?
with texts as (
    select trim(any_value(csv_line), chr(10) || chr(13)) as value from reject_errors group by line
    union all
    select $headings
)

select sum(len(regexp_extract_all(value, '[\r\n]+'))) from texts
