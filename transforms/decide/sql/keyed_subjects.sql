-- By which key do the controls know each situation, also with the destination where a party is? One row per situation.
select
    *,
    control_key(
        eccn, destination, activity, license_code, license_number_form, exception_paragraph, item_facts,
        listed_heading, described_as, occupied_region, order_value
    ) as control_key,
    case when consignee_elsewhere <> ''
        then control_key(
            eccn, consignee_elsewhere, activity, license_code, license_number_form, exception_paragraph, item_facts,
            listed_heading, described_as, occupied_region, order_value
        ) end
        as consignee_control_key,
    case when end_user_elsewhere <> ''
        then control_key(
            eccn, end_user_elsewhere, activity, license_code, license_number_form, exception_paragraph, item_facts,
            listed_heading, described_as, occupied_region, order_value
        ) end
        as end_user_control_key
from subjects
