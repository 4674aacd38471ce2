-- How do the controls know a situation?
create
    or replace macro control_key(eccn, destination, activity, license_code, license_number_form, exception_paragraph) as
    hash(eccn, destination, activity, license_code, license_number_form, exception_paragraph);
