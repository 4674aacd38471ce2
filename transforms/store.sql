-- What does a home remember?
-- 15 CFR 762.5 and 762.6: records are kept whole, and every change of them can be seen.

create table if not exists meta (key varchar, value varchar);

-- One row per time that the home was taken over from an earlier schema: when, by which version of Earshot, and the copy
-- of the database as it was.
create table if not exists migrations (
    from_schema integer, to_schema integer, migrated_at timestamp, migrated_by varchar, backup varchar
);

create sequence if not exists batch_ids;

-- One row per extract file that was loaded.
create table if not exists batches (
    batch_id integer, source varchar, layout varchar, file_name varchar, sha256 varchar, size_bytes bigint,
    known_from timestamp, columns_absent varchar[],
    rows_in bigint, loaded bigint, duplicates bigint, restated bigint, quarantined bigint, door varchar, kind varchar,
    -- when the extract was taken, by what it says itself; the headings of its columns;
    -- the batch whose rows it brings again
    extracted_at timestamp, headings varchar[], replayed_batch_id integer,
    -- how many records ended; the days of which it is the whole, NULL where it is of none
    ended bigint, whole_periods struct(from_on date, until_on date)[],
    -- how many rows were left out; the tables beside the layout by which cells were looked up: name and SHA-256 of each
    left_out bigint, lookups varchar[]
);

-- One row per row of a file that was left out of the records, as it came: it is no export, as the layout says by a
-- value of a column, or no record at all. `reason` is a code (left_out_words.py).
create table if not exists left_out (
    batch_id integer, source varchar, kind varchar, file_name varchar, row_number bigint,
    reason varchar, heading varchar, recorded varchar, note varchar,
    cells varchar[],
    -- what its record is known by beside the source, as it was read; NULL where that cannot be read
    identity varchar[], known_from timestamp
);

-- One row per version of a record that ended as an extract that is the whole of its days did not have it any more: the
-- batch with which we learned of that, and the one that lacks it.
create table if not exists endings (
    batch_id integer, kind varchar, source varchar, identity varchar[], version_batch_id integer, export_on date,
    missing_in integer
);

-- One row per batch: what the door saw of it, and what Great Expectations said of that; both JSON.
create table if not exists door_profiles (batch_id integer, profile varchar, validation varchar);

-- One row per batch that the door would have stopped and a person let in.
create table if not exists accepted (
    batch_id integer, reason varchar, accepted_by varchar, accepted_at timestamp, failed varchar[], codes varchar[]
);

-- One row per version of a shipment line as recorded by one source. A version is current while known_until is NULL.
-- In text columns NULL is "the source has no such column", '' is "the source left it empty".
create table if not exists lines (
    source varchar,
    shipment_id varchar, line_number integer, export_on date, tendered_on date,
    activity varchar, form varchar, usppi_id varchar, usppi_name varchar,
    consignee_name varchar, consignee_country varchar, consignee_type varchar,
    intermediate_consignee_name varchar, intermediate_country varchar, end_user_name varchar, end_user_country varchar,
    destination varchar, shipped_from varchar, part_number varchar, description varchar,
    eccn varchar, schedule_b varchar, origin_df varchar,
    quantity decimal(18, 4), uom varchar, value_usd decimal(18, 4),
    license_code varchar, license_number varchar, exception_paragraph varchar,
    itn varchar, eei_exemption varchar, filing_option varchar, transport_mode varchar, conveyance varchar,
    port_of_export varchar, routed varchar, invoice_number varchar,
    currency varchar, value_recorded decimal(18, 4), destination_region varchar, shipped_from_region varchar,
    order_number varchar, purchaser_name varchar, purchaser_country varchar, forwarder_name varchar,
    consignee_address varchar, end_user_address varchar,
    batch_id integer, known_from timestamp, known_until timestamp,
    identity_hash ubigint, row_hash ubigint, situation_key ubigint,
    -- the last moment at which an extract that says when it was taken recorded the line like this
    extracted_at timestamp,
    -- what a filing sums and joins by: one USPPI, consignee, country, conveyance, day, Schedule B number and origin,
    -- NULL where a part of it is missing. The ITN, and what is one under it: parties, port and day.
    value_group ubigint, itn_hash ubigint, filing_hash ubigint,
    -- the situation that it is in as other records complete it, NULL where they add nothing
    context_key ubigint
);

-- Up to which batch the contexts of lines are kept, and on what law and SQL they rest. One row, or none.
create table if not exists context_state (up_to_batch integer, rests_on varchar, is_named_by_number boolean);

-- On what law and SQL the kept decisions and findings rest (the tables known_..., see screening/keep.py).
-- One row, or none.
create table if not exists decision_state (rests_on varchar);

-- One row per version of an item record: what the item master says of a part, on which days. NULL days are open ends.
create table if not exists items (
    source varchar, part_number varchar, eccn varchar, valid_from date, valid_until date, description varchar,
    schedule_b varchar, detectors integer, spectral varchar, top_down_proteomics varchar, fda_device varchar,
    -- facts that settle rows of the Commerce Control List, in order, between '; '
    item_facts varchar,
    batch_id integer, known_from timestamp, known_until timestamp, identity_hash ubigint, row_hash ubigint,
    extracted_at timestamp
);

-- One row per version of a line of a filing, as AES holds it.
create table if not exists filings (
    source varchar, itn varchar, shipment_reference varchar, line_number integer, status varchar, export_on date,
    filer_id varchar, usppi_id varchar, usppi_name varchar, consignee_name varchar, consignee_country varchar,
    consignee_type varchar, intermediate_country varchar, destination varchar, description varchar, schedule_b varchar,
    origin_df varchar, quantity decimal(18, 4), uom varchar, value_usd decimal(18, 4), eccn varchar,
    license_code varchar, license_number varchar, filing_option varchar, transport_mode varchar, conveyance varchar,
    port_of_export varchar, routed varchar, invoice_number varchar, transmitted_at timestamp,
    batch_id integer, known_from timestamp, known_until timestamp, identity_hash ubigint, row_hash ubigint,
    extracted_at timestamp
);

-- One row per exchange rate that the user supplied for a day, in US dollars for one unit, and time in which the home
-- knew it. A rate is current while known_until is NULL.
create table if not exists rates (
    currency varchar, rate_on date, rate decimal(18, 10), source varchar, known_from timestamp, known_until timestamp
);

-- One row per file of exchange rates, from when on the home knew it; sha256 is NULL where the file was taken away.
create table if not exists rate_files (sha256 varchar, rate_count bigint, known_from timestamp);

-- One row per version of a row that could not be loaded, as it came. A version is open while settled_at is NULL; none
-- is ever deleted.
create table if not exists quarantine (
    batch_id integer, source varchar, kind varchar, file_name varchar, row_number bigint,
    -- counts go by the code, the reason is for people
    problems struct(column_name varchar, recorded varchar, reason varchar, code varchar)[],
    -- its cells as they came, under the headings of its batch; or, of a row that is no CSV, its text
    cells varchar[], recorded varchar,
    -- which row this is for a person, and which record: by what a row is known by where that can be read, else by its
    -- text
    quarantine_id varchar, row_key ubigint,
    -- when the row was first set aside, when this version of it was, and when and how it was settled
    first_at timestamp, quarantined_at timestamp, settled_at timestamp, settled_by integer, settled_how varchar,
    -- what its record is known by beside the source, as it was read; NULL where that cannot be read
    identity varchar[]
);

-- One row per entry of the journal of findings: a screening of the present, or a decision of a person. Each entry holds
-- the hash of its rows in ledger_events and dispositions, and the hash of the entry before it (15 CFR 762.5: all
-- changes, who, when). Nothing is ever changed or taken out.
create table if not exists journal (
    entry integer, kind varchar, name varchar, as_of date, known_until timestamp, rulebook_hash varchar,
    version varchar,
    done_by varchar, done_at timestamp, note varchar, row_count bigint, rows_sha256 varchar, previous_sha256 varchar,
    sha256 varchar
);

-- One row per change in the life of a finding: what happened, why, and how it stands after it (open, closed).
create table if not exists ledger_events (
    entry integer, finding_id varchar, event varchar, state varchar, cause varchar, detail varchar, outcome varchar,
    as_of date
);

-- One row per finding and decision of a person; a decision about a situation that is to stand for later lines has a row
-- without a finding besides. The facts are those on which it was made.
create table if not exists dispositions (
    entry integer, finding_id varchar, rule_id varchar, situation_id varchar, status varchar, reason varchar,
    evidence varchar, expires_on date, decided_by varchar, decided_at timestamp, outcome varchar
);

-- One row per finding ever made, as it stands: what the journal adds up to, kept for speed. The outcome is NULL where
-- the last screening did not make it; `closed_by` is 'decision' or 'record'; `decided_in` is the entry of the decision
-- that stands. What it rested on when it was last made: the code of the answer and the rules left open, the version of
-- the line by its batch, and a hash of what a comparison compared; NULL where that is not known.
create table if not exists ledger (
    finding_id varchar, source varchar, shipment_id varchar, line_number integer, rule_id varchar, rule_kind varchar,
    export_on date, tendered_on date, outcome varchar, rule_from date, missing varchar[], situation_id varchar,
    state varchar, since date, closed_by varchar, decided_in integer, first_seen_on date,
    first_run_id varchar, answer varchar, rules varchar[], line_batch integer, compared_hash ubigint
);

-- One row per situation that a finding was ever made in: its facts, to tell which of them changed.
create table if not exists ledger_situations (situation_id varchar, facts map(varchar, varchar));

-- One row per hold that was added or lifted; nothing is ever taken out.
create table if not exists holds (
    hold_id integer, action varchar, scope varchar, value varchar, reason varchar, done_by varchar, done_at timestamp
);

-- One row per archive: what was moved out of the tables, up to which date of export, and the extracts that went whole.
create table if not exists archives (
    name varchar, as_of date, years integer, lines bigint, filings bigint, until_on date, extracts varchar[],
    archived_by varchar, archived_at timestamp
);
