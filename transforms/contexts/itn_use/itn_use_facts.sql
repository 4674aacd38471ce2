-- Which ITNs stand on lines that cannot be one filing? One row per line and fact. 15 CFR 30.28: the parts of a split
-- shipment go by the same carrier from the same port within some hours (vessel) or days (air, truck, rail), as
-- the parameters have them on the day of the first part.
with repeated_numbers as (
    select xor(itn_hash, realm) as use_key
    from itn_lines
    where itn_hash is not null
        and coalesce(activity, '') in ('', 'export')
    group by use_key
    having min(filing_hash) <> max(filing_hash)
),

numbered_lines as (
    select l.*
    from itn_lines as l
    where xor(l.itn_hash, l.realm) in (select use_key from repeated_numbers)
        and coalesce(l.activity, '') in ('', 'export')
),

uses as (
    select
        realm, itn,
        count(distinct nullif(fold_name(consignee_name), '')) > 1 or count(distinct nullif(destination, '')) > 1
            or count(distinct nullif(left(fold_id(usppi_id), 9), '')) > 1
            or count(distinct nullif(port_of_export, '')) > 1
            as has_several_parties,
        min(export_on) as first_on, max(export_on) - min(export_on) as days,
        list(distinct coalesce(transport_mode, '')) as modes
    from numbered_lines
    group by realm, itn
),

limits as (
    select
        h.number as vessel_hours, d.number as other_days, v.words as vessel_modes, o.words as other_modes,
        greatest(h.from_on, d.from_on, v.from_on, o.from_on) as from_on,
        least(h.until_on, d.until_on, v.until_on, o.until_on) as until_on
    from parameters as h, parameters as d, parameters as v, parameters as o
    where h.name = 'split-shipment-hours' and d.name = 'split-shipment-days'
        and v.name = 'split-shipment-hours-modes' and o.name = 'split-shipment-days-modes'
),

judged_uses as (
    select
        u.realm, u.itn,
        case
            when u.has_several_parties then 'several parties'
            when u.days = 0 or (list_has_all(s.other_modes, u.modes) and u.days <= s.other_days) then ''
            when u.days > s.other_days then 'too far apart'
            -- a day later may be an hour later, and two days later are more than 24 hours
            when list_has_all(s.vessel_modes, u.modes) and (u.days - 1) * 24 >= s.vessel_hours then 'too far apart'
            else 'may be split'
        end as itn_use
    from uses as u
    join limits as s on u.first_on between s.from_on and s.until_on
)

select a.line_id, 'itn_use' as fact, j.itn_use as value
from numbered_lines as a
join judged_uses as j using (realm, itn)
where j.itn_use <> ''
