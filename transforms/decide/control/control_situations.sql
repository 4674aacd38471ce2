-- What do the controls see of a situation? One row per distinct combination of the facts that they ask for, also as it
-- would be if the destination were the country in which the consignee or the end user is.
with asked_combinations as (
    select eccn, destination, activity, license_code, license_number_form, exception_paragraph, item_facts,
        listed_heading, described_as, occupied_region, order_value
    from keyed_subjects
    union all
    select eccn, consignee_elsewhere, activity, license_code, license_number_form, exception_paragraph, item_facts,
        listed_heading, described_as, occupied_region, order_value
    from keyed_subjects
    where consignee_elsewhere <> ''
    union all
    select eccn, end_user_elsewhere, activity, license_code, license_number_form, exception_paragraph, item_facts,
        listed_heading, described_as, occupied_region, order_value
    from keyed_subjects
    where end_user_elsewhere <> ''
)

select distinct
    control_key(
        eccn, destination, activity, license_code, license_number_form, exception_paragraph, item_facts,
        listed_heading, described_as, occupied_region, order_value
    ) as control_key,
    eccn, destination, activity, license_code, license_number_form, exception_paragraph, item_facts,
    listed_heading, described_as, occupied_region, order_value
from asked_combinations
