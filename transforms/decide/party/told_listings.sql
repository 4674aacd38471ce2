-- How is each listing told? One row per listing and stretch of days, with a sentence of the party, the entry, what
-- speaks for the match, and what the entry requires.
select
    o.*,
    concat(
        'the ', role, ' ', party, case when party_country <> '' then ' (' || party_country || ')' end,
        if(band = 'match', ' matches ', ' may be '), listed_name,
        case when is_alias then ', a name of ' || name || ',' end,
        case when len(entry_countries) > 0 then ' (' || array_to_string(entry_countries, ', ') || ')' end,
        ' on the ', list_title,
        case
            when listed_on is null and perhaps_from is null
                then '; its day of listing is not known' || coalesce(', and it was off the list by ' || listed_to, '')
            when listed_on is null then '; listed on ' || perhaps_from || ' or later'
            when perhaps_from is null then ', on the list by ' || listed_on
            when perhaps_from < listed_on then ', listed between ' || perhaps_from || ' and ' || listed_on
            else ', listed ' || listed_on
        end,
        case when listed_on is not null and listed_to is not null then ', until ' || listed_to end,
        case
            when length(citation) > 100 then ' (' || left(citation, 100) || ' ...)'
            when citation <> '' then ' (' || citation || ')'
        end
    ) as listing_words,
    concat_ws('; ',
        case when len(unmet) = 0 and len(extra) = 0 then 'the names agree'
            else concat_ws('; ',
                'words that agree: ' || nullif(array_to_string(met, ' '), ''),
                'in the entry only: ' || nullif(array_to_string(unmet, ' '), ''),
                'in the record only: ' || nullif(array_to_string(extra, ' '), '')
            )
        end,
        case country_state
            when 'agrees' then 'the country agrees'
            when 'conflicts' then 'the country differs'
            else if(party_country = '', 'the country of the party is not recorded', 'the entry names no country')
        end,
        case when address_state = 'agrees' then 'the address agrees' end,
        ruled
    ) as evidence_words,
    case need
        when 'denied' then 'a denial order forbids any dealing in items subject to the EAR, whatever the authority'
        when 'no exceptions' then 'license exceptions are closed, and an NLR shipment needs a UVL statement on file'
        when 'red flag' then 'a red flag, and no license requirement by itself'
        when 'none' then 'the ECCN is not in Supplement No. 2 to part 744'
        when 'license' then case requirement
            when 'blocked' then 'a license is required for parties blocked under ' || array_to_string(programs, ', ')
            when 'Supplement 2' then 'a license is required for items of Supplement No. 2 to part 744'
            when 'CCL and Supplement 7' then 'a license is required for items on the CCL'
            else 'a license is required for all items subject to the EAR'
        end
        else case requirement
            when 'blocked' then 'blocked under ' || array_to_string(programs, ', ')
                || ', which 15 CFR 744.8 does not name; rules of OFAC apply'
            when 'Supplement 2' then case
                when is_eccn(eccn) is not true then 'a license is required for ECCNs of Supplement No. 2 to part 744'
                else 'Supplement No. 2 to part 744 lists a part of this ECCN: ' || supplement_note
            end
            when 'CCL and Supplement 7'
                then 'a license is required for items on the CCL and for EAR99 items of Supplement No. 7 to part 746'
            else 'the license requirement of the entry is limited: ' || wording
        end
    end as requirement_words,
    case answer
        when 'listing-date' then 'whether it was on the list on the day of export is not known'
        when 'listing-end' then 'whether it was still on the list on the day of export is not known'
        when 'listing-alias' then 'the name may have been added to the entry after the day of export'
        when 'law-in-doubt' then rtrim(doubt, '.')
        when 'exception-terms' then 'whether License Exception ' || symbol || ' is open to this party must be verified'
        when 'exception-paragraph' then 'License Exception GOV is open under 740.11(b)(2)(i) and (ii) only'
        when 'exception-open' then 'License Exception GOV is open under this paragraph'
        when 'exception-closed' then 'License Exception ' || symbol || ' is closed where this party takes part'
    end as open_words
from party_outcomes as o
