-- Which ITNs stand on lines that cannot be one filing? One row per line and fact. 15 CFR 30.28: the parts of a split
-- shipment go by the same carrier from the same port within 24 hours (vessel) or seven days (air, truck, rail).
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
        max(export_on) - min(export_on) as days,
        coalesce(bool_and(transport_mode in ('10', '11', '12')), false) as is_vessel,
        coalesce(bool_and(transport_mode in ('20', '21', '30', '31', '40', '41')), false) as is_split_for_days
    from numbered_lines
    group by realm, itn
),

judged_uses as (
    select
        realm, itn,
        case
            when has_several_parties then 'several parties'
            when days = 0 or (is_split_for_days and days <= 7) then ''
            when days > 7 or (is_vessel and days > 1) then 'too far apart'
            else 'may be split'
        end as itn_use
    from uses
)

select a.line_id, 'itn_use' as fact, j.itn_use as value
from numbered_lines as a
join judged_uses as j using (realm, itn)
where j.itn_use <> ''
