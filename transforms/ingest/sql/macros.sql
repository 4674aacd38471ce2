-- How is a recorded text read as a number, a date or a country? NULL where it cannot be read; never a guess.
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

-- What is wrong with a column of a row, by its code; `worded` adds the sentence, by code or by code and column.
create or replace temp macro problem(name, told, code) as
    struct_pack(column_name := name, recorded := told, code := code);

-- The problems of a row. What is wrong with a cell before it is read as a value goes before what follows from that.
create or replace temp macro with_faults(faults, problems) as
    list_concat(
        coalesce(faults, []),
        list_filter(problems, lambda p:
            p is not null and not list_contains(
                coalesce(list_transform(faults, lambda f: f.column_name), []), p.column_name
            ))
    );

create or replace temp macro worded(problems, sentences) as
    list_transform(
        problems,
        lambda p: struct_pack(
            column_name := p.column_name, recorded := p.recorded,
            reason := coalesce(sentences[p.code || ' ' || p.column_name], sentences[p.code]), code := p.code
        )
    );

create or replace temp macro no_amount(name, told, decimal) as
    problem(name, told, if(
        is_either_number(plain_amount(told), decimal)
        or (decimal = '?' and regexp_full_match(plain_amount(told), '-?\$?[0-9]+[.,][0-9.,]*')),
        'number-in-two-ways', 'not-a-number'
    ));

-- An amount with a dollar sign beside a currency that has another sign contradicts itself: it is not read.
create or replace temp macro read_foreign(t, code, decimal) as
    case
        when contains(t, '$') and code is not null and not list_contains([
                'AUD', 'BBD', 'BMD', 'BND', 'BSD', 'BZD', 'CAD', 'FJD', 'GYD', 'HKD', 'JMD', 'KYD', 'LRD', 'NAD', 'NZD',
                'SBD', 'SGD', 'SRD', 'TTD', 'TWD', 'XCD', 'ARS', 'BRL', 'CLP', 'COP', 'CUP', 'DOP', 'MXN', 'UYU'
            ], code) then null
        else read_amount(t, decimal)
    end;

create or replace temp macro read_integer(t) as
    case
        when regexp_full_match(t, '[0-9]+') then try_cast(t as integer)
        when regexp_full_match(t, '\d+\.0+') then try_cast(t as integer)
    end;

create or replace temp macro plausible_date(d) as
    case when d between date '1980-01-01' and date '2099-12-31' then d end;

-- A moment is a day, a time, perhaps a fraction of a second, and how far its clock is from UTC. Its parts: `wall` as
-- the clock shows it, `zone` as it is written (Z, UTC, +05:30, GMT-05:00), or ''.
create or replace temp macro parts_of_moment(t) as
    regexp_extract(
        upper(t),
        '^(.*?[0-9]:[0-9]{2}(?: ?[AP]M)?)(?:[.,]0*([0-9]*))?'
        || ' ?(Z|UTC|GMT|(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[ECMP][SD]T|)$',
        ['wall', 'fraction', 'zone']
    );

create or replace temp macro iso_moments() as
    ['%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S', '%Y-%m-%dT%H:%M', '%Y-%m-%d %H:%M'];

-- A form that takes the month for the last part is not asked beside ISO, which would exchange day and month.
-- A form that tells a day alone reads it beside a time of day, too; behind a T it is for ISO alone.
create or replace temp macro read_wall(wall, forms) as
    coalesce(
        try_strptime(
            nullif(wall, ''),
            forms || if(len(list_filter(forms, lambda one: starts_with(one, '%Y-%d'))) > 0, [], iso_moments())
        ),
        try_strptime(regexp_extract(wall, '^(.*?) +[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M)?$', 1), forms)
        + (try_strptime(
            regexp_extract(wall, '[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AP]M)?$'),
            ['%I:%M:%S %p', '%I:%M %p', '%I:%M:%S%p', '%I:%M%p', '%H:%M:%S', '%H:%M']
        ) - timestamp '1900-01-01')
    )::timestamp;

create or replace temp macro is_utc(zone) as regexp_full_match(zone, 'Z|UTC|GMT|(UTC|GMT)?[+-]0{1,2}(:?00)?');

-- The day of a moment is the one that is written. In UTC it is the day in the time zone of the source, where that is
-- stated; else the one that is written at midnight, where a date was stamped with a time, and at no other time.
create or replace temp macro day_of_parts(parts, forms, time_zone) as
    case
        when not is_utc(parts.zone) then read_wall(parts.wall, forms)::date
        when time_zone <> ''
            then timezone(time_zone, timezone('UTC', read_wall(parts.wall, forms)))::date
        when parts.fraction = '' and read_wall(parts.wall, forms)::time = time '00:00:00'
            then read_wall(parts.wall, forms)::date
    end;

create or replace temp macro day_of_moment(t, forms, time_zone) as
    day_of_parts(parts_of_moment(t), forms, time_zone);

create or replace temp macro plausible_moment(m) as
    case when year(m) between 1980 and 2099 then m end;

-- What systems write where they have no date: 00000000, 00.00.0000, 0000-00-00, with a time of zeros or without.
create or replace temp macro is_blank_date(t) as
    t = '' or (starts_with(t, '00') and regexp_full_match(t, '[0./ :T-]+'));

-- No last day: none at all, or one in the year 9999, as systems write it.
create or replace temp macro is_open_end(t) as
    is_blank_date(t)
    or regexp_full_match(t, '31[./-]?12[./-]?9999|12[./-]?31[./-]?9999|9999[./-]?12[./-]?31( 00:00:00)?');

-- A day as a spreadsheet counts them, from 1900: 45000 is 2023-03-15; what follows the point is the time of day.
create or replace temp macro read_serial(t) as
    case
        when regexp_full_match(t, '[2-7][0-9]{4}([.,][0-9]+)?') then date '1899-12-30' + left(t, 5)::integer
    end;

create or replace temp macro read_date(t, forms, time_zone) as
    case
        when t is null or is_blank_date(t) then null
        when list_contains(forms, 'serial') and regexp_full_match(t, '[2-7][0-9]{4}([.,][0-9]+)?')
            then plausible_date(read_serial(t))
        when length(t) = 10 and t[5] = '-' and list_contains(forms, '%Y-%m-%d')
            then plausible_date(try_cast(t as date))
        else plausible_date(coalesce(try_strptime(t, forms)::date, day_of_moment(t, forms, time_zone)))
    end;

-- A moment with an offset is told in UTC, so that the moments of one report can be put in order.
create or replace temp macro read_moment(t, forms) as
    plausible_moment(case
        when not (length(t) = 19 and substr(t, 17, 1) = ':')
            and regexp_matches(t, ':\d\d(\.\d+)? ?(Z|[+-]\d\d(:?\d\d)?)$')
            then make_timestamp(epoch_us(try_cast(t as timestamptz)))
        else coalesce(try_cast(t as timestamp), try_strptime(t, forms))
    end);

create or replace temp macro no_date(name, told, forms, time_zone) as
    problem(name, told, if(
        time_zone = '' and is_utc(parts_of_moment(told).zone)
            and plausible_date(read_wall(parts_of_moment(told).wall, forms)::date) is not null,
        'time-zone-not-stated', 'not-a-date'
    ));

create or replace temp macro fold_place(t) as
    upper(trim(strip_accents(regexp_replace(replace(t, '.', ''), '\s+', ' ', 'g'))));

-- A code beside the name is parted from it by a hyphen, however it was written: DE-GERMANY.
create or replace temp macro fold_country(t) as
    case
        when length(t) <= 4 then upper(replace(t, '.', ''))
        when contains(t, '-') or contains(t, '–') or contains(t, '—')
            then regexp_replace(fold_place(t), '^([A-Z]{2,3}) ?[-–—] ?([A-Z])', '\1-\2')
        else fold_place(t)
    end;

create or replace temp macro fold_currency(t) as
    trim(regexp_replace(replace(upper(t), '.', ''), '\s+', ' ', 'g'));

create or replace temp macro fold_code(t) as
    case
        when list_contains(['export', 'reexport', 'in_country_transfer', 'tangible', 'intangible', ''], t) then t
        else replace(replace(replace(lower(trim(t)), ' ', '_'), '-', '_'), 're_export', 'reexport')
    end;

-- A cell written CODE - TEXT, as the AESDirect screen shows it, is its code: C33 - NLR, 40 - Air, PK - Pakistan.
create or replace temp macro read_code(t) as
    case
        when length(t) > 4 then coalesce(nullif(regexp_extract(t, '^([A-Za-z0-9]{1,3}|[0-9.]+)\s+[-–—]\s', 1), ''), t)
        else t
    end;

-- A status is its text; a code before it stays where it says more than the text begins with: A - Accepted, X - Filed.
-- Expressions on text are many times faster than patterns, and a report has a status in every row.
create or replace temp macro without_initials(t, code, dashed) as
    case
        when length(code) between 1 and 3 and substr(dashed, 2, 1) = ' ' and left(dashed, 1) in ('-', '–', '—')
            and starts_with(lower(ltrim(substr(dashed, 2))), lower(code))
            then ltrim(substr(dashed, 2))
        else t
    end;

create or replace temp macro one_spaced(t) as
    case
        when contains(t, '_') or contains(t, '  ') or contains(t, chr(9))
            then trim(regexp_replace(t, '[\s_]+', ' ', 'g'))
        else trim(t)
    end;

create or replace temp macro read_status(t) as
    replace(
        lower(one_spaced(case
            when strpos(t, ' ') between 2 and 4
                then without_initials(t, left(t, strpos(t, ' ') - 1), ltrim(substr(t, strpos(t, ' '))))
            else t
        end)), 'canceled', 'cancelled'
    );

-- In capitals, and with one plain blank for each run of blanks, also of those that only look like one.
create or replace temp macro plain_text(t) as
    trim(regexp_replace(upper(t), '[\s\x{00A0}\x{2000}-\x{200F}\x{202F}\x{2060}\x{FEFF}]+', ' ', 'g'));

-- 15 CFR part 30, appendix B: an ITN is X and 14 digits; AES, ITN, SS and their like may stand around it. Text of other
-- words, two ITNs and any digit more or less are not told apart: NULL.
create or replace temp macro itns_in(plain) as
    list_distinct(list_transform(
        regexp_extract_all(plain, 'X(?:[ ._/\x{2010}-\x{2015}-]{0,3}[0-9]){14}'),
        lambda one: regexp_replace(one, '[^X0-9]', '', 'g')
    ));

create or replace temp macro has_only_words_of_itn(plain) as
    regexp_full_match(
        regexp_replace(plain, 'X(?:[ ._/\x{2010}-\x{2015}-]{0,3}[0-9]){14}', '', 'g'),
        '(?:[^\pL0-9]|\b(?:(?:AES|EEI|ITN)+|NO|NR|NUM|NUMBER|INTERNAL TRANSACTION NUMBER|PROOF OF FILING|CITATION'
        || '|SS|SPLIT SHIPMENT)\b)*'
    );

create or replace temp macro unwrapped_itn(plain) as
    case when len(itns_in(plain)) = 1 and has_only_words_of_itn(plain) then itns_in(plain)[1] end;

-- Appendix B: AESPOST or AESDOWN, who files, and a day as MM/DD/YYYY. Where one of them cannot be told: NULL.
create or replace temp macro parts_of_citation(plain) as
    regexp_extract(
        plain,
        '^AES[ -]?(POST|DOWN)[ :.-]*([0-9A-Z]+(?: ?- ?[0-9A-Z]+)*)[ ,]+(?:([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})'
        || '|([0-9]{4})-([0-9]{2})-([0-9]{2}))[ .]*$',
        ['form', 'id', 'month', 'day', 'year', 'iso_year', 'iso_month', 'iso_day']
    );

create or replace temp macro citation_of_parts(p) as
    case
        when p.form <> '' then concat(
            'AES', p.form, ' ', replace(p.id, ' ', ''), ' ', lpad(p.month || p.iso_month, 2, '0'), '/',
            lpad(p.day || p.iso_day, 2, '0'), '/', p.year || p.iso_year
        )
    end;

create or replace temp macro read_itn(t) as
    case
        when t = '' or (length(t) = 15 and starts_with(t, 'X')) then t
        else coalesce(unwrapped_itn(plain_text(t)), citation_of_parts(parts_of_citation(plain_text(t))), upper(t))
    end;

-- The first legend of a cell, as 15 CFR part 30 writes it: 30.37(a), also for 30.37 (a), 30.37a and 30.37-a.
create or replace temp macro spelled_legend(t) as
    regexp_extract(
        regexp_replace(
            regexp_replace(t, '(30\.\d{1,2}) ?[.-]? ?([a-z])([^a-z(]|$)', '\1(\2)\3', 'g'),
            '(30\.\d{1,2}|\)) +\(', '\1(', 'g'
        ),
        '30\.\d{1,2}(\([a-z0-9]\))*'
    );

create or replace temp macro read_exemption(t) as
    case
        when t = '' then t
        -- a legend beside a citation is neither
        when regexp_matches(t, '30\.\d') and regexp_matches(upper(t), 'AES ?-?(POST|DOWN)') then upper(t)
        when regexp_matches(t, '30\.\d') then spelled_legend(lower(t))
        else read_itn(t)
    end;

-- An ECCN is as the CCL writes it: 3A999.f for 3A999f, 3A999 F and 3A999(f); EAR99 for EAR-99. NULL where it is none.
create or replace temp macro spelled_eccn(plain) as
    case
        when regexp_full_match(plain, 'EAR[ ._/-]*99') then 'EAR99'
        when regexp_full_match(plain, '[0-9] ?[A-E] ?[0-9]{3}(\.([A-Z]+|[0-9]+))*')
            then upper(left(replace(plain, ' ', ''), 5)) || lower(substr(replace(plain, ' ', ''), 6))
        when regexp_full_match(
            plain,
            '[0-9] ?[A-E] ?[0-9]{3}[ .-]*\(?[A-Z]\)?([ .-]*\(?[0-9]+\)?[ .-]*\(?[A-Z]\)?)*([ .-]*\(?[0-9]+\)?)?'
        )
            then left(replace(plain, ' ', ''), 5) || '.' || lower(array_to_string(
                regexp_extract_all(substr(replace(plain, ' ', ''), 6), '[A-Z]|[0-9]+'), '.'
            ))
    end;

create or replace temp macro bare_eccn(plain) as
    trim(regexp_replace(plain, '^ECCN *(NO\b|NUMBER\b)?[ .:#=]*|[ .,;]+$', '', 'g'));

create or replace temp macro has_nlr(plain) as
    regexp_matches(plain, '^NLR[ /,;:-]+[0-9E]|[A-Z0-9)][ /,;:(-]+NLR\)?$');

create or replace temp macro without_nlr(plain) as
    regexp_replace(plain, '^NLR[ /,;:-]+|[ /,;:(-]+NLR\)?$', '');

create or replace temp macro is_plain_eccn(t) as
    t = '' or t = 'EAR99' or regexp_full_match(t, '[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*');

-- What is no ECCN is kept as it came, so that it can be quoted. `beside_nlr` tells whether NLR may stand beside one.
create or replace temp macro read_eccn(t, beside_nlr) as
    case
        when is_plain_eccn(t) then t
        else coalesce(
            spelled_eccn(bare_eccn(plain_text(t))),
            if(
                beside_nlr and has_nlr(plain_text(t)), spelled_eccn(bare_eccn(without_nlr(plain_text(t)))), null
            ),
            t
        )
    end;

-- The license cells: one may hold what belongs into both. Their words: a license code, and a number or symbol.
create or replace temp macro words_of_license(plain) as
    list_transform(
        list_filter(
            string_split_regex(replace(plain, 'SS-', 'SS~'), '[^A-Z0-9~]+'), lambda one: one <> ''
        ),
        lambda one: replace(one, '~', '-')
    );

create or replace temp macro codes_in(words, codes) as
    list_distinct(list_filter(words, lambda one: list_contains(codes, one)));

create or replace temp macro numbers_in(words, codes) as
    list_distinct(list_filter(words, lambda one: not list_contains(codes, one)));

create or replace temp macro is_license_number(word, symbols) as
    list_contains(symbols, word) or regexp_full_match(word, '[A-Z][0-9]{6}|05[0-9]{7}|UK[0-9]{9}');

create or replace temp macro is_plain_license(code, number) as
    case
        when code = 'C33' and number = 'NLR' then true
        else (coalesce(code, '') = '' or regexp_full_match(code, '[A-Z][0-9]{2}'))
            and (coalesce(number, '') = '' or regexp_full_match(number, '[A-Z]{3}|[A-Z][0-9]{6}'))
    end;

-- Where one code and one number are all that both cells hold, that is what they say: as a list of the two. Else NULL:
-- they stay as they came.
create or replace temp macro license_of_words(code, number, words, codes, symbols) as
    case
        when len(codes_in(words, codes)) <= 1 and len(numbers_in(words, codes)) <= 1
            and len(list_filter(numbers_in(words, codes), lambda one: not is_license_number(one, symbols))) = 0
            then [
                coalesce(codes_in(words, codes)[1], left(code, 0)),
                coalesce(numbers_in(words, codes)[1], left(number, 0))
            ]
    end;

create or replace temp macro shared_license(code, number, codes, symbols) as
    case
        when not is_plain_license(code, number)
            then license_of_words(
                code, number, words_of_license(plain_text(concat_ws(' ', code, number))), codes, symbols
            )
    end;

create or replace temp macro may_stand_beside_nlr(code, number, nlr_codes) as
    coalesce(number, '') in ('', 'NLR') and (coalesce(code, '') = '' or list_contains(nlr_codes, code));

-- The license number, which may stand in the cell of the ECCN: EAR99 NLR.
create or replace temp macro number_beside(number, found_eccn, eccn) as
    case
        when number <> '' or eccn is null or eccn = found_eccn then number
        when has_nlr(plain_text(eccn)) then 'NLR'
        else number
    end;

create or replace temp macro is_itn(t) as starts_with(t, 'X') and regexp_full_match(t, 'X[0-9]{14}');

create or replace temp macro is_reread(found, t) as t <> '' and found <> t and found <> upper(t);

create or replace temp macro is_eccn_reread(found, t) as
    t <> '' and found <> t and upper(found) <> upper(replace(t, ' ', ''));

create or replace temp macro read_flag(t) as
    case
        when t is null or t = '' then t
        when lower(t) in ('y', 'yes', 'true', '1') then 'Y'
        when lower(t) in ('n', 'no', 'false', '0') then 'N'
    end;

-- What a spreadsheet shows where a formula failed is nothing that the source recorded.
create or replace temp macro is_formula_error(t) as
    coalesce(starts_with(t, '#') and list_contains([
        '#N/A', '#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!', '#CALC!', '#FIELD!', '#BLOCKED!',
        '#CONNECT!', '#BUSY!', '#UNKNOWN!', '#GETTING_DATA', '#FORMULA WITHOUT A VALUE'
    ], t), false);

-- By what is a row in quarantine known? By the record that it is of, where that could be read, else by its text.
create or replace temp macro key_of_aside(kind, source, identity, cells, recorded) as
    case
        when identity is not null and kind = 'items' then hash(source, identity[1], try_cast(identity[2] as date))
        when identity is not null then hash(source, identity[1], try_cast(identity[2] as integer))
        when cells is not null then hash(cells)
        else hash(recorded)
    end;
