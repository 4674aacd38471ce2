-- How is a recorded text read as a number? NULL where it cannot be read; never a guess.
create or replace temp macro read_number(t) as
    case
        when t is null or t = '' then null
        when regexp_full_match(t, '-?[0-9.]+') then try_cast(t as decimal(18, 4))
        when regexp_full_match(t, '-?\$?\d{1,3}(,\d{3})+(\.\d+)?|-?\$\d+(\.\d+)?')
            then try_cast(translate(t, '$,', '') as decimal(18, 4))
    end;

-- A number as ledgers and lists print it, in the usual signs: 100- and (100) are below zero; an apostrophe or a space
-- parts thousands. Tests of signs are many times faster than patterns, and few numbers have such signs.
create or replace temp macro plain_amount(t) as
    case
        when ends_with(t, '-') or starts_with(t, '(') or contains(t, '''') or contains(t, '’') or contains(t, ' ')
            or contains(t, chr(160)) or contains(t, chr(8239))
            then regexp_replace(
                regexp_replace(
                    case
                        when regexp_full_match(
                            t, '[(]?\$?[0-9]{1,3}([''’ \x{00A0}\x{202F}][0-9]{3})+([.,][0-9]+)?\$?(\)| ?-)?|'
                            || '-\$?[0-9]{1,3}([''’ \x{00A0}\x{202F}][0-9]{3})+([.,][0-9]+)?'
                        ) then regexp_replace(t, '[''’ \x{00A0}\x{202F}]', '', 'g')
                        else t
                    end,
                    '^\((\$?[0-9.,]+)\)$', '-\1'
                ),
                '^(\$?[0-9.,]+) ?-$', '-\1'
            )
        else t
    end;

-- A comma, or one dot before three digits, parts thousands in one country and decimals in another. `decimal` is ''
-- where nobody said which it is, and '?' where a point is usual and the numbers of the file do not show it.
create or replace temp macro is_either_number(t, decimal) as
    decimal in ('', '?') and regexp_full_match(
        t,
        if(decimal = '', '-?\$?([0-9.]*,[0-9.,]*|[1-9][0-9]{0,2}\.[0-9]{3})', '-?\$?[1-9][0-9]{0,2}[.,][0-9]{3}')
    );

create or replace temp macro read_amount(t, decimal) as
    read_number(case
        when decimal = ',' then translate(plain_amount(t), ',.', '.,')
        when is_either_number(plain_amount(t), decimal) then '?'
        else plain_amount(t)
    end);

-- An amount that is read at sight, whatever its decimal mark: all others are read once for each text, in `texts/`.
create or replace temp macro is_plain_amount(t, decimal) as
    regexp_full_match(t, case decimal
        when ',' then '[0-9]+'
        when '.' then '[0-9]+(\.[0-9]+)?'
        else '[0-9]+(\.([0-9]{1,2}|[0-9]{4,}))?'
    end);

create or replace temp macro amount_of(t, read, decimal) as
    case when is_plain_amount(t, decimal) then try_cast(t as decimal(18, 4)) else read end;

-- An amount with a dollar sign beside a currency that has another sign contradicts itself: it is not read.
create or replace temp macro is_against(t, code) as
    contains(t, '$') and code is not null and not list_contains([
        'AUD', 'BBD', 'BMD', 'BND', 'BSD', 'BZD', 'CAD', 'FJD', 'GYD', 'HKD', 'JMD', 'KYD', 'LRD', 'NAD', 'NZD',
        'SBD', 'SGD', 'SRD', 'TTD', 'TWD', 'XCD', 'ARS', 'BRL', 'CLP', 'COP', 'CUP', 'DOP', 'MXN', 'UYU'
    ], code);

create or replace temp macro read_integer(t) as
    case
        when regexp_full_match(t, '[0-9]+') then try_cast(t as integer)
        when regexp_full_match(t, '\d+\.0+') then try_cast(t as integer)
    end;
