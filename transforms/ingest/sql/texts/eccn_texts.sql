-- What ECCN do they say, where NLR may stand beside one, and where it may not? One row per text.
select
    told,
    read_eccn(told, true) as beside_nlr,
    read_eccn(told, false) as alone,
    has_nlr(plain_text(told)) as has_nlr
from odd_texts
