-- What exemption do they say, and which ITN that stands alone or beside a legend? One row per text.
select
    told,
    read_exemption(told) as exemption,
    case
        when is_itn(exemption) then exemption
        when starts_with(exemption, '30.') and contains(upper(told), 'X') and len(itns_in(plain_text(told))) = 1
            then itns_in(plain_text(told))[1]
    end as itn
from odd_texts
