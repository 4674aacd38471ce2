-- How many cells of the extract were read otherwise than they stand? One row per column with any.
with counts as (
    select 'itn' as column_name, count(*) as cells
    from incoming as i
    join itn_texts as t on t.told = i.itn and is_reread(t.itn, t.told)
    union all
    select 'eei_exemption', count(*)
    from incoming as i
    join exemption_texts as t
        on t.told = i.eei_exemption and not starts_with(t.exemption, '30.') and is_reread(t.exemption, t.told)
    union all
    select 'license_code', count(*)
    from incoming as i
    join license_texts as t
        on t.code is not distinct from i.license_code and t.number is not distinct from i.license_number
            and is_reread(t.sole_code, t.code)
    union all
    select 'license_number', count(*)
    from incoming as i
    join license_texts as t
        on t.code is not distinct from i.license_code and t.number is not distinct from i.license_number
            and is_reread(t.sole_number, t.number)
    union all
    select 'eccn', count(*)
    from incoming as i
    join eccn_texts as e on e.told = i.eccn
    cross join license_forms as f
    left join license_texts as t
        on t.code is not distinct from i.license_code and t.number is not distinct from i.license_number
    where is_eccn_reread(
        if(
            may_stand_beside_nlr(
                coalesce(t.sole_code, i.license_code), coalesce(t.sole_number, i.license_number), f.nlr_codes
            ),
            e.beside_nlr, e.alone
        ),
        e.told
    )
)

select column_name, cells from counts where cells > 0 order by column_name
