-- What does the law see of this line? One row per row of `fact_lines`, with its situation (the facts that it tells by
-- itself, each by its name in facts.yml and in that order) and the key of it. Which headings of Schedule B, countries
-- and days count, the rulebook tells (`terms` in facts.yml).
-- 15 CFR 758.1(g): a license number in AES is one letter and six digits; any other authority is named by its symbol.
-- 15 CFR part 30, appendix B: an ITN is X and 14 digits, the first eight of them a date; AESPOST and AESDOWN citations.
-- An ITN whose date AES cannot have given it for this export is no proof of filing.
with told_lines as (
    select
        *,
        is_citation(itn) as is_itn_citation,
        is_citation(eei_exemption) as is_exemption_citation,
        usppi_number_of(usppi_id) as usppi_number,
        is_schedule_b(schedule_b) as has_schedule_b
    from fact_lines
),

read_lines as (
    select
        *,
        case
            when itn is null then null
            when itn = '' then ''
            when regexp_full_match(itn, 'X[0-9]{14}') then 'well formed'
            when is_itn_citation then left(itn, 7)
            else 'malformed'
        end as written_form,
        regexp_full_match(eei_exemption, '(AES )?X[0-9]{14}( SS)?') as is_itn_in_exemption,
        case
            when written_form = 'well formed' then itn
            when is_itn_in_exemption then regexp_extract(eei_exemption, 'X[0-9]{14}')
        end as number,
        substr(number, 2, 8)::integer as dated,
        [
            fault_of_citation(itn, is_itn_citation, export_on, usppi_number),
            fault_of_citation(eei_exemption, is_exemption_citation, export_on, usppi_number)
        ] as citation_faults
    from told_lines
),

-- is the date of the ITN one that AES may have given it, and how far is it from the export?
dated_lines as (
    select
        *,
        case
            when dated is null then ''
            when dated // 100 % 100 not between 1 and 12 or dated % 100 not between 1 and 31 then 'no date'
            -- 29 to 31 are not days of every month; reading them all as dates would be slow
            when dated % 100 > 28 and try_strptime(dated::varchar, '%Y%m%d') is null then 'no date'
            when dated // 10000 < list_max($first_itn_year::integer[]) then 'before AES'
            when dated > number_of_day(known_from) then 'after the record'
            when dated <= number_of_day(export_on)
                and dated >= number_of_day(export_on - list_min($itn_agreeing_days::integer[])) then 'by export'
            else distance_of_itn(
                try_strptime(dated::varchar, '%Y%m%d')::date - export_on,
                $post_departure_days::integer[] || $failure_to_file_days::integer[],
                list_min($itn_agreeing_days::integer[]), list_min($itn_distant_days::integer[])
            )
        end as timing
    from read_lines
),

weighed_lines as (
    select
        *,
        case written_form when 'well formed' then proof_of_timing(timing) else written_form end as form_of_itn,
        -- Crimea, Donetsk and Luhansk have no code: the region of a line to Ukraine tells them (15 CFR 746.6)
        case
            when destination not in ('UA', 'RU') or coalesce(destination_region, '') = '' then ''
            -- Russia has regions of its own under the same numbers
            when destination = 'RU' and regexp_full_match(destination_region, '[0-9]+') then ''
            when is_told_by(destination_region, $crimea_places::varchar[]) then 'Crimea'
            when is_told_by(destination_region, $dnr_lnr_places::varchar[]) then 'DNR or LNR'
            when is_told_by(destination_region, $donetsk_luhansk_places::varchar[]) then 'Donetsk or Luhansk'
            else ''
        end as region_told,
        region_told <> '' or list_contains($heading_destinations::varchar[], destination)
            or list_contains($heading_destinations::varchar[], consignee_country)
            or list_contains($heading_destinations::varchar[], end_user_country) as is_asked_for_heading
    from dated_lines
),

-- the heading of the HTS that some list has; of goods with a floor of price also how the price of one unit compares
headed_lines as (
    select
        *,
        case when is_asked_for_heading then case
            when form = 'intangible' and coalesce(schedule_b, '') = '' then 'other'
            when schedule_b is null then 'not provided'
            when schedule_b = '' then 'not recorded'
            -- there are no chapters 00 and 77, and 98 and 99 are of no goods: repairs, returns and the like
            when not regexp_full_match(schedule_b, '[0-9]{6}([0-9]{2}){0,2}')
                or left(schedule_b, 2) in ('00', '77', '98', '99') then 'unread'
            else coalesce(list_filter(
                [left(schedule_b, 6), left(schedule_b, 4), left(schedule_b, 2)],
                lambda heading: list_contains($listed_headings::varchar[], heading)
            )[1], 'other')
        end else '' end as heading,
        case when is_asked_for_heading then split_part(list_filter(
            $priced_headings::varchar[], lambda priced: starts_with(priced, heading || ' ')
        )[1], ' ', 2)::integer end as floor_usd,
        case when floor_usd is not null and list_contains($count_units::varchar[], upper(uom)) and quantity > 0
            and value_usd > 0 then value_usd / quantity end as unit_price
    from weighed_lines
)

select
    * exclude (
        is_itn_citation, is_exemption_citation, written_form, is_itn_in_exemption, number, dated, timing, form_of_itn,
        citation_faults, region_told, is_asked_for_heading, heading, floor_usd, unit_price
    ),
    struct_pack(
        eccn := eccn,
        destination := destination,
        activity := activity,
        form := form,
        license_code := license_code,
        license_number_form := case
            when license_number is null then null
            when license_number = '' then ''
            when license_number in ('NLR', 'DY6') then license_number
            when regexp_full_match(license_number, '[GZ][0-9]{6}') then 'of an application'
            when regexp_full_match(license_number, '[A-Z][0-9]{6}') then 'well formed'
            when regexp_full_match(license_number, '[^0-9]{1,9}') then license_number
            when regexp_full_match(license_number, '05[0-9]{7}') then '05 and seven digits'
            when regexp_full_match(license_number, 'UK[0-9]{9}') then 'UK and nine digits'
            else 'malformed'
        end,
        exception_paragraph := exception_paragraph,
        itn_form := form_of_itn,
        itn_timing := if(written_form = 'well formed' or proof_of_timing(timing) <> 'well formed', timing, ''),
        exemption := case
            when eei_exemption is null then null
            when eei_exemption = '' then ''
            when starts_with(eei_exemption, '30.') then eei_exemption
            when is_exemption_citation then left(eei_exemption, 7)
            when is_itn_in_exemption
                then 'ITN' || if(proof_of_timing(timing) = 'well formed', '', ', ' || proof_of_timing(timing))
            else 'unreadable'
        end,
        filing_option := filing_option,
        hs6 := case
            when schedule_b is null then null
            when schedule_b = '' then ''
            when (
                list_contains($filing_headings::varchar[], left(schedule_b, 4))
                or list_contains($filing_headings::varchar[], left(schedule_b, 6))
            ) and regexp_matches(schedule_b, '^[0-9]{6}') then left(schedule_b, 6)
            when has_schedule_b then 'other'
            -- cut short, or rounded as a spreadsheet does: it may be under the heading
            when regexp_matches(schedule_b, '^[0-9]{3,5}([^0-9]|$)') and len(list_filter(
                $filing_headings::varchar[],
                lambda heading: starts_with(heading, left(regexp_extract(schedule_b, '^[0-9]+'), 4))
            )) > 0
                then regexp_extract(schedule_b, '^[0-9]+')
            else 'malformed'
        end,
        via_country := case
            when list_contains($transshipment_countries::varchar[], intermediate_country)
                and intermediate_country <> destination
                then intermediate_country
            else ''
        end,
        consignee_elsewhere := case
            when consignee_country <> destination and destination <> ''
                and not (is_us_territory(destination) and consignee_country = 'US')
                then consignee_country
            else ''
        end,
        end_user_elsewhere := case
            when end_user_country <> destination and destination <> ''
                and not (is_us_territory(destination) and end_user_country = 'US')
                then end_user_country
            else ''
        end,
        routing := case
            when (left(filing_option, 1) = '4' or form_of_itn = 'AESPOST' or starts_with(eei_exemption, 'AESPOST'))
                is not true or routed in ('N', 'NO') then ''
            when routed in ('Y', 'YES') then 'routed'
            when coalesce(routed, '') = '' then 'not recorded'
            else 'unread'
        end,
        citation := case
            when written_form = 'well formed' and contains(eei_exemption, 'X')
                and regexp_extract(eei_exemption, 'X[0-9]{14}') not in ('', itn) then 'another ITN'
            when list_contains(citation_faults, '') then ''
            when list_contains(citation_faults, 'another USPPI') then 'another USPPI'
            else coalesce(citation_faults[1], citation_faults[2], '')
        end,
        leaves_from := case
            when coalesce(shipped_from, '') = '' or shipped_from = 'US' then case
                when is_us_territory(shipped_from_region) then shipped_from_region else ''
            end
            when is_us_territory(shipped_from) then shipped_from
            else 'abroad'
        end,
        region_unread := case
            when destination = 'US' then concat_ws(' ',
                case when not is_us_region(destination_region) then 'destination_region' end,
                case when coalesce(shipped_from, '') in ('', 'US') and not is_us_region(shipped_from_region)
                    then 'shipped_from_region' end
            )
            else ''
        end,
        schedule_b_form := case when schedule_b <> '' and not has_schedule_b then 'malformed' else '' end,
        origin_form := case when origin_df not in ('', 'D', 'F') then 'malformed' else '' end,
        value_form := case when coalesce(value_usd, value_recorded) <= 0 then 'not positive' else '' end,
        listed_heading := concat_ws(' ', heading, case
            when floor_usd is null then null
            when unit_price > floor_usd * 100 / (100 - list_max($unit_price_band::integer[])) then 'over'
            when unit_price < floor_usd * (100 - list_max($unit_price_band::integer[])) / 100 then 'under'
            when unit_price is not null then 'near'
            else 'unpriced'
        end),
        described_as := case when is_asked_for_heading and (eccn = 'EAR99' or is_eccn(eccn) is not true)
            then concat_ws(', ',
                case when is_told_by(description, $supplement_6_descriptions::varchar[]) then 'Supplement 6' end,
                case when is_told_by(description, $software_descriptions::varchar[]) then 'software' end,
                case when form = 'intangible' then 'intangible' end,
                case when is_eccn(eccn) is not true then 'no ECCN' end
            )
            else ''
        end,
        occupied_region := region_told
    ) as situation,
    hash(situation) as situation_key
from headed_lines
