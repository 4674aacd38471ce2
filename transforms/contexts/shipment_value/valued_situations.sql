-- Which situations turn on the value of their shipment? 15 CFR 30.37(a) concerns tangible exports that were not filed.
select situation_key
from situations
where coalesce(activity, '') in ('', 'export') and form is distinct from 'intangible'
    and coalesce(itn_form, '') not in ('well formed', 'AESPOST', 'AESDOWN')
    and coalesce(exemption, '') not in ('AESPOST', 'AESDOWN', 'ITN')
