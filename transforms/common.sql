-- What do all packages know how to ask? The words that stand in more than one of them, each said once.

-- What stands for a version of a line, or of a filing line, wherever it is: no place in a table.
create or replace temp macro id_of_version(identity_hash, batch_id) as hash(identity_hash, batch_id);

-- Is it an ECCN as the CCL writes it, with or without paragraphs, or EAR99?
create or replace temp macro is_eccn(t) as
    coalesce(t = 'EAR99' or regexp_full_match(t, '[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*'), false);

-- Names are the same whatever their case, spaces and punctuation. Nested replacing of the usual signs is three times as
-- fast as a regular expression, which is left to names with other signs.
create or replace temp macro fold_name(t) as
    case
        when regexp_matches(t, '[^A-Za-z0-9 .,&/()''-]') then regexp_replace(upper(t), '[^\p{L}\p{N}]', '', 'g')
        else replace(replace(replace(replace(replace(replace(replace(replace(replace(
            upper(t), ' ', ''), '.', ''), ',', ''), '-', ''), '&', ''), '/', ''), '''', ''), '(', ''), ')', '')
    end;

create or replace temp macro fold_id(t) as
    case when regexp_full_match(t, '[0-9A-Z]*') then t else regexp_replace(upper(t), '[^\p{L}\p{N}]', '', 'g') end;

-- What a clerk writes where nothing is known, a single sign and a number of three digits or less among it. Expects the
-- text folded by `fold_name` or `fold_id`.
create or replace temp macro is_placeholder(t) as
    length(t) <= 15
    and regexp_full_match(t, '.?|[0-9]{1,3}|0+|9+|X+|TB[ACDN]|PROFORMA|'
        || 'SEE(INVOICE|ATTACHED|BELOW|ABOVE|LIST|NOTE|REMARKS)S?|'
        || '(AS|ASPER)(ATTACHED|INVOICE|BELOW|ABOVE)|TOBE(ADVISED|DETERMINED|NAMED)|NA|NIL|NONE|NULL|UNK|UNKNOWN|'
        || 'NOT(AVAILABLE|APPLICABLE|KNOWN|RECORDED|GIVEN)|VARIOUS|MULTIPLE|SEVERAL|PENDING|DUMMY|TEST|SAME|TOORDER');

-- Is it a reference that tells nothing? A short number may be one.
create or replace temp macro is_nothing_said(t) as
    case
        when regexp_matches(t, '[1-8][0-9]{4}') then false  -- as most references have
        else coalesce(is_placeholder(fold_id(upper(t))) and not regexp_full_match(t, '[1-9][0-9]{0,2}'), true)
    end;

-- A reference by its letters and digits. The usual signs are taken out faster by themselves than by a pattern.
create or replace temp macro fold_reference(t) as
    case
        when regexp_full_match(t, '[A-Za-z0-9 ._/#-]*')
            then replace(replace(replace(replace(replace(replace(
                lower(t), ' ', ''), '.', ''), '_', ''), '/', ''), '#', ''), '-', '')
        else regexp_replace(lower(t), '[^\p{L}\p{N}]', '', 'g')
    end;

-- A name as far as it tells anything: folded, and nothing where it stands for nothing.
create or replace temp macro readable_name(t) as
    case when not is_placeholder(fold_name(t)) then fold_name(t) end;

-- The number by which a USPPI is told apart: the nine digits of an EIN, without the suffix, or of a DUNS. What a
-- spreadsheet cut short (1.23E+11) is none.
create or replace temp macro usppi_number_of(t) as
    case
        when t is null or t = '' or contains(t, '+') then null
        when regexp_full_match(left(t, 9), '[0-9]{9}') then nullif(left(t, 9), '000000000')
        else nullif(nullif(
            regexp_extract(regexp_replace(t, '[^\p{L}\p{N}]', '', 'g'), '^[0-9]{9}'), '000000000'
        ), '')
    end;

-- Is it a Schedule B or HTSUSA number: ten digits, of a chapter from 01 on, and not keys in a row (15 CFR 30.6(a)(12))?
create or replace temp macro is_schedule_b(t) as
    regexp_full_match(t, '(0[1-9]|[1-9][0-9])[0-9]{8}') and left(t, 9) <> substr(t, 2) and t <> '1234567890';

-- Does a text have one of these words (regular expressions)? No words are found nowhere.
create or replace temp macro is_told_by(t, words) as
    coalesce(len(words) > 0 and regexp_matches(strip_accents(t), '(?i)' || array_to_string(words, '|')), false);

-- Does it tell nobody, as 000000000 and 999999999 do?
create or replace temp macro is_no_number(digits) as
    replace(left(digits, 9), left(digits, 1), '') = '' or contains(digits, '000000000');

create or replace temp macro number_cited(t) as replace(split_part(t, ' ', 2), '-', '');

-- Is it a post-departure or downtime citation as 15 CFR part 30, appendix B, writes it: AESPOST, the USPPI and perhaps
-- the filer, and a date; AESDOWN, the filer and a date? A number is an EIN of nine digits or of eleven with its suffix,
-- or a DUNS of nine or thirteen.
create or replace temp macro is_citation(t) as
    case
        when starts_with(t, 'AES') then
            regexp_full_match(t, 'AES(POST|DOWN) ([0-9]-?){9}([0-9A-Z]-?){0,17} [0-9]{2}/[0-9]{2}/[0-9]{4}')
            and list_contains(
                if(starts_with(t, 'AESPOST'), [9, 11, 13, 18, 20, 22, 24, 26], [9, 11, 13]), length(number_cited(t))
            )
            and not is_no_number(number_cited(t))
        else false
    end;

-- Why is it no proof for an export of that day by the USPPI of that number? Empty where nothing speaks against it, NULL
-- of what is no citation. The number in AESDOWN is that of the filer.
create or replace temp macro fault_of_citation(t, is_citation, day, usppi_number) as
    case
        when not coalesce(starts_with(t, 'AESPOST') or starts_with(t, 'AESDOWN'), false) then null
        when not is_citation then 'malformed'
        when try_strptime(right(t, 10), '%m/%d/%Y') is null then 'no date'
        when try_strptime(right(t, 10), '%m/%d/%Y')::date <> day then 'another date'
        when starts_with(t, 'AESPOST') and usppi_number <> usppi_number_of(split_part(t, ' ', 2)) then 'another USPPI'
        else ''
    end;

-- The places of 15 CFR 772.1, "United States", beside the States and the District of Columbia that have codes of their
-- own.
create or replace temp macro is_us_territory(t) as
    coalesce(list_contains(['PR', 'VI', 'GU', 'AS', 'MP', 'UM'], t), false);

-- A State, DC, a military post office or a territory, by its postal code or name; what is not recorded is taken for
-- one.
create or replace temp macro is_us_region(t) as
    coalesce(t, '') = '' or is_us_territory(t) or list_contains([
        'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY',
        'LA', 'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH',
        'OK', 'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY', 'AA', 'AE', 'AP',
        'ALABAMA', 'ALASKA', 'ARIZONA', 'ARKANSAS', 'CALIFORNIA', 'COLORADO', 'CONNECTICUT', 'DELAWARE',
        'DISTRICT OF COLUMBIA', 'FLORIDA', 'GEORGIA', 'HAWAII', 'IDAHO', 'ILLINOIS', 'INDIANA', 'IOWA', 'KANSAS',
        'KENTUCKY', 'LOUISIANA', 'MAINE', 'MARYLAND', 'MASSACHUSETTS', 'MICHIGAN', 'MINNESOTA', 'MISSISSIPPI',
        'MISSOURI', 'MONTANA', 'NEBRASKA', 'NEVADA', 'NEW HAMPSHIRE', 'NEW JERSEY', 'NEW MEXICO', 'NEW YORK',
        'NORTH CAROLINA', 'NORTH DAKOTA', 'OHIO', 'OKLAHOMA', 'OREGON', 'PENNSYLVANIA', 'RHODE ISLAND',
        'SOUTH CAROLINA', 'SOUTH DAKOTA', 'TENNESSEE', 'TEXAS', 'UTAH', 'VERMONT', 'VIRGINIA', 'WASHINGTON',
        'WEST VIRGINIA', 'WISCONSIN', 'WYOMING'
    ], t);

-- The ten digits of a Schedule B number, without points and a check letter.
create or replace temp macro ten_digits(t) as
    left(regexp_replace(coalesce(t, ''), '\D', '', 'g'), 10);

-- An invoice number of a day and a Schedule B number, by which one shipment line is known; NULL without ten digits.
create or replace temp macro invoice_key(invoice, day, schedule_b) as
    case
        when invoice <> '' and length(ten_digits(schedule_b)) = 10
            then concat_ws(' ', fold_reference(invoice), day, ten_digits(schedule_b))
    end;

-- Goods sent back after a repair: AES has them under 9801.10, at parts and labor only. 15 CFR 30.29.
create or replace temp macro is_repair(schedule_b) as
    starts_with(ten_digits(schedule_b), '980110');

-- What an amount is worth in US dollars: as recorded, or converted from its currency, in cents; NULL: not known.
create or replace temp macro in_dollars(value_usd, value_recorded, rate) as
    coalesce(value_usd, try_cast(round(value_recorded::decimal(20, 4) * rate, 2) as decimal(18, 4)));

-- An amount as it was recorded, in words: 350,000.00 JPY. NULL where that was US dollars.
create or replace temp macro original_amount(value_recorded, currency) as
    case
        when currency is distinct from 'USD' then format('{:,.2f} ', value_recorded::double)
            || coalesce(nullif(currency, ''), 'in a currency that is not recorded')
    end;

-- A day as a whole number, 20250303, which can be put in order with the date of an ITN.
create or replace temp macro number_of_day(d) as year(d) * 10000 + month(d) * 100 + day(d);

-- How far from the export is the date of an ITN, by days after it, where it is not among the days up to it that agree?
-- `limits` are those of a late filing; from `agreeing` on it may be of another export, from `distant` on it is.
create or replace temp macro distance_of_itn(days, limits, agreeing, distant) as
    case
        when days < -distant then 'far before'
        when days < -agreeing then 'long before'
        when days > greatest(distant, list_max(limits)) then 'far after'
        when days > greatest(agreeing, list_max(limits)) then 'long after'
        else coalesce(days_within(days, limits), 'no date')
    end;

-- What an ITN is worth whose date is so: a proof (well formed), perhaps one (distant), or none (impossible).
create or replace temp macro proof_of_timing(timing) as
    case
        when timing in ('no date', 'before AES', 'after the record', 'far before', 'far after') then 'impossible'
        when timing in ('long before', 'long after') then 'distant'
        else 'well formed'
    end;

-- The same in words, as a predicate of the ITN.
create or replace temp macro words_of_timing(timing) as
    case timing
        when 'no date' then 'has no date of the calendar in its first eight digits'
        when 'before AES' then 'is dated before AES existed'
        when 'after the record' then 'is dated after the day on which this record was loaded'
        when 'far before' then 'is dated long before the export'
        when 'long before' then 'is dated months before the export'
        when 'far after' then 'is dated long after the export'
        when 'long after' then 'is dated months after the export'
    end;

-- Is it X and 14 digits, the first eight of them a day of the calendar? NULL: it is not known.
create or replace temp macro has_itn_date(t) as
    regexp_full_match(t, 'X[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{6}')
    and (substr(t, 8, 2) < '29' or try_strptime(substr(t, 2, 8), '%Y%m%d') is not null);

-- The nine digits of an EIN that AES knows a party by, without the suffix.
create or replace temp macro ein_of(t) as
    coalesce(usppi_number_of(t), '');

-- Within how many days, of those that count: the fewest that hold them, or more than any. NULL: they are not known.
create or replace temp macro days_within(days, limits) as
    case
        when days <= list_max(limits)
            then 'within ' || list_min(list_filter(limits, lambda one: one >= days)) || ' days'
        when days > list_max(limits) then 'over ' || list_max(limits) || ' days'
    end;
