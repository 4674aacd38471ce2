-- Which situations turn on the value of their shipment? 15 CFR 30.37(a) concerns tangible exports of which no
-- ITN shows that they were filed.
select situation_key
from situations
where coalesce(activity, '') in ('', 'export') and form is distinct from 'intangible'
    and coalesce(itn_form, '') <> 'well formed' and coalesce(exemption, '') <> 'ITN'
