-- What does the compiled rulebook hold? One table per kind of thing that the screening SQL asks for.

-- One row per version of a rule, `is_row` where it stands beside others of its rule, of which the strictest decides: a
-- row of the Commerce Control List, or a paragraph of a control. With `needs_paragraph` a record that is coarser than
-- its items is out of its scope. `described` and `regions` narrow the scope by facts of the line and of its item; with
-- one of `unless` it is out. `agencies` are the license codes of other agencies that count as a license. A savings
-- clause that `saves_newly_listed` saves only goods whose heading is on its list from the first day of the version.
-- Equal scopes and terms share one key; versions that say the same share the law_key, which is the version_key of the
-- first of them.
create table rule_versions (
    version_key integer, law_key integer, rule_id varchar, rule_kind varchar, reason varchar, severity varchar,
    remedy varchar,
    from_on date, authority varchar[], activities varchar[], item_key integer, place_key integer, terms_key integer,
    governed_by varchar, has_savings boolean, en_route_on date, exported_before date, look_until date,
    savings_except varchar[], is_row boolean, needs_paragraph boolean, heading_key integer, described varchar[],
    unless varchar[], regions varchar[], agencies varchar[], saves_newly_listed boolean
);

-- One row per version and stretch of days in which it is in force, or in which that is a doubt. A doubt may concern
-- certain items only.
-- The facts of an item may settle it: `doubt_left` is what is in doubt then.
create table rule_periods (
    version_key integer, from_on date, until_on date, is_in_force boolean, doubt varchar, item_doubt varchar,
    doubted_item_key integer, fact_key integer, doubt_left varchar
);

-- One row per set of facts of an item that a row of the Commerce Control List asks for, clause (all of them must
-- hold), term of it (one of them), and ECCN of the term, NULL for a fact that takes none. `is_negated`: the fact must
-- not hold; `is_closed`: what is not said does not hold; `is_nested`: the ECCN is below another one of the term.
create table fact_clauses (
    fact_key integer, clause integer, term integer, fact varchar, negated varchar, is_negated boolean,
    is_closed boolean, word varchar, is_nested boolean
);

-- One row per item scope and ECCN word, `*` for any item; `is_except` marks a carve-out; `is_row` the scope of a row of
-- the Commerce Control List, against which a line without a readable ECCN is not held.
create table item_words (item_key integer, word varchar, is_except boolean, is_row boolean);

-- One row per scope of HTS headings, heading of its list and stretch of days in which it is (`is_sure`) or may be on
-- the list; with `is_except` the scope is all goods but those of the list.
create table heading_words (
    heading_key integer, heading varchar, is_except boolean, from_on date, until_on date, is_sure boolean
);

-- One row per place scope and word; `is_except` marks what is excepted.
create table place_words (place_key integer, word varchar, is_except boolean);

-- One row per set of terms and exception symbol, `*` for all others.
create table exception_terms (
    terms_key integer, symbol varchar, stance varchar, paragraphs varchar[], place_key integer, item_key integer,
    doubt varchar, limits_key integer
);

-- One row per set of limits of an exception and offer of an entry (`is_offer`), or paragraph of 15 CFR 740.2(a) that
-- closes it: for certain items and destinations, an offer also up to an amount for one order.
create table exception_limits (
    limits_key integer, is_offer boolean, item_key integer, place_key integer, limit_usd decimal(18, 4),
    well_under_usd decimal(18, 4), well_over_usd decimal(18, 4), is_sure boolean, scope varchar, condition varchar
);

-- One row per scope word, country and stretch of days.
create table memberships (word varchar, iso2 varchar, from_on date, until_on date, doubt varchar, via varchar);

-- One row per AES license code, with the symbols that may stand beside it.
create table license_codes (
    code varchar, kind varchar, symbols varchar[], number_form varchar, takes_own_number boolean
);

-- One row per version of an EEI provision: a trigger, an exemption or an exclusion, and its scope.
create table provisions (
    version_key integer, provision_id varchar, title varchar, kind varchar, paragraph varchar, legends varchar[],
    legend_titles varchar[], from_on date, authority varchar[], item_key integer, place_key integer, via_key integer,
    license_codes varchar[], schedule_b varchar[], form varchar, not_onward boolean, license_required boolean,
    due_if_direct boolean, threshold varchar, overrides boolean, spares varchar[], own_terms boolean,
    presumed_absent varchar, shipped_from varchar[], yields boolean, lists varchar[], roles varchar[]
);

-- The title of a provision in a sentence about a day: the threshold of that day, `$2,500`, in place of its name in
-- braces.
create or replace macro title_on(title, threshold, usd) as
    replace(title, '{' || coalesce(threshold, '') || '}',
        '$' || regexp_replace(format('{:,.2f}', coalesce(usd, 0)::double), '\.00$', ''));

-- The rule that the provisions make together: one row, or none where the rulebook has no provisions.
create table filing (id varchar, title varchar, authority varchar[], remedy varchar, severity varchar);

-- One row per version of a check, with its SQL.
create table checks (
    version_key integer, rule_id varchar, severity varchar, remedy varchar, from_on date, authority varchar[],
    activities varchar[], needs varchar[], query varchar
);

-- One row per check version and named scope.
create table check_scopes (version_key integer, name varchar, item_key integer, place_key integer);

-- One row per AES license code and stretch of days in which it is, or may be, in force.
create table license_code_periods (
    code varchar, meaning varchar, from_on date, until_on date, doubt varchar, source varchar
);

-- One row per ECCN that the tables know and stretch of days in which it stands in the CCL.
create table eccn_periods (eccn varchar, reasons varchar[], from_on date, until_on date, doubt varchar);

-- One row per way in which a description tells of an instrument: a regular expression, whatever the case.
create table signals (signal varchar, pattern varchar);

-- One row per entry that was split: what is recorded under the old ECCN may be of the new one.
create table splits (from_eccn varchar, to_eccn varchar, from_on date, paragraphs varchar[], schedule_b varchar[]);

-- One row per number or list of the law and stretch of days; every day has one. Of a number `words` is NULL, of a list
-- `number` is.
create table parameters (name varchar, from_on date, until_on date, number decimal(18, 4), words varchar[]);

-- One row per status word of AES filings, folded, and stretch of days: what AES holds of such a filing, and its place
-- among versions of one filing.
create table filing_statuses (word varchar, standing varchar, rank integer, from_on date, until_on date);

-- One row per version of a rule on listed parties: which lists it reads, whom it concerns; `programs` are those whose
-- parties need a license under the EAR, `savings` the parameter that says for how many days after a listing goods under
-- way may go on.
create table party_versions (
    version_key integer, rule_id varchar, severity varchar, remedy varchar, from_on date, authority varchar[],
    lists varchar[], roles varchar[], programs varchar[], savings varchar
);

-- One row per ECCN of Supplement No. 2 to part 744 and stretch of days in which it is (`is_sure`) or may be on it;
-- `is_part`: the supplement names certain items of the entry alone.
create table supplement_2 (
    eccn varchar, is_part boolean, note varchar, from_on date, until_on date, is_sure boolean
);

-- One row per entry of a list of parties that a situation is about, see `rulebook/listed.py`.
create table entries_on_lists (
    entry_id varchar, list varchar, name varchar, requirement varchar, programs varchar[], possible_from date,
    listed_from date, amended_on date, listed_until date, possible_until date, as_of date, citation varchar,
    wording varchar, confidence varchar, footnotes varchar[], entry_countries varchar[], list_title varchar,
    younger_aliases varchar[]
);
