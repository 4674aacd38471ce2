-- Does the ultimate consignee in AES differ from the shipment record? 15 CFR 30.6(a)(3). Names are compared without
-- case, spaces, punctuation, accents and the order of words. A name cut within a word is the same as far as it goes;
-- one that is cut after a word, or only alike, needs review. Another legal form or number is another company.
with likenesses as (
    select
        p.*,
        coalesce(n.cut_length between $cut_length - 1 and $cut_length
            or n.cut_length between $longer_cut_length - 1 and $longer_cut_length, false) as is_cut,
        case
            when is_cut then if(n.is_cut_in_word, 'same', 'cut-name')
            when n.is_other_number or n.legal_forms = 'other' then 'differs'
            when n.similarity < $similarity or n.word_similarity < $word_similarity then 'differs'
            when n.similarity < $same or n.legal_forms = 'missing' then 'near-name'
            else 'same'
        end as answer
    from pairs as p
    join name_pairs as n on n.name = p.consignee_name and n.filed_name = p.filed_consignee_name
)

select
    subject_key, if(answer = 'differs', 'flagged', 'undetermined') as outcome, answer,
    concat(
        'Shipment record shows consignee ', consignee_name, '; AES filing shows ', filed_consignee_name, in_filing,
        case answer
            when 'cut-name' then '; one name may be the other one cut short'
            when 'near-name' then '; the names are alike'
        end
    ) as because,
    []::varchar[] as missing, if(answer = 'differs', null, 'low') as severity
from likenesses
where answer <> 'same'
