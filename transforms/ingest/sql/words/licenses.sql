-- How are texts read as an ECCN, a license code and a license number? What is none stays as it came.
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
create or replace temp macro number_beside(number, found_eccn, eccn, has_nlr_in_eccn) as
    case
        when number <> '' or eccn is null or eccn = found_eccn then number
        when has_nlr_in_eccn then 'NLR'
        else number
    end;

create or replace temp macro is_eccn_reread(found, t) as
    t <> '' and found <> t and upper(found) <> upper(replace(t, ' ', ''));
