-- How many cells of the extract were read otherwise than they stand? One row per column with any.
with read_cells as (
    select
        i.itn, i.eei_exemption, i.eccn, i.license_code, i.license_number,
        shared_license(i.license_code, i.license_number, f.codes, f.symbols) as license,
        coalesce(license[1], i.license_code) as found_code,
        coalesce(license[2], i.license_number) as found_number,
        read_eccn(i.eccn, may_stand_beside_nlr(found_code, found_number, f.nlr_codes)) as found_eccn
    from incoming as i
    cross join license_forms as f
),

counts as (
    select
        count(*) filter (is_reread(read_itn(itn), itn)) as itn,
        count(*) filter (
            not starts_with(read_exemption(eei_exemption), '30.')
            and is_reread(read_exemption(eei_exemption), eei_exemption)
        ) as eei_exemption,
        count(*) filter (is_eccn_reread(found_eccn, eccn)) as eccn,
        count(*) filter (is_reread(found_code, license_code)) as license_code,
        count(*) filter (is_reread(found_number, license_number)) as license_number
    from read_cells
)

select column_name, cells
from (unpivot counts on columns(*) into name column_name value cells)
where cells > 0
order by column_name
