-- How do the controls know a situation?
create macro control_key(eccn, destination, activity, license_code, license_number_form, exception_paragraph) as
    hash(eccn, destination, activity, license_code, license_number_form, exception_paragraph);

-- What the checks found: one row per situation, check version and stretch of days.
create table check_verdicts (
    verdict_key integer, situation_key ubigint, version_key integer, from_on date, until_on date, outcome varchar,
    severity varchar, subject varchar, statement varchar, missing varchar[], is_rolled_up boolean
);
