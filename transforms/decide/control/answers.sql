-- Is the exception claimed open? One row per set of exception terms and distinct claim of an exception, before its
-- destinations and items are looked at. Terms under the symbol '*' hold for every exception not named.
with claimed_exceptions as (
    select symbol, license_code, license_number_form, exception_paragraph,
        -- what is no paragraph of the CFR tells nothing
        case
            when regexp_full_match(exception_paragraph, '\d{3}\.\d+(\([a-z0-9]+\))*') then exception_paragraph
            else ''
        end as paragraph
    from claims
    where kind = 'exception'
),

matched_terms as (
    select c.*, t.terms_key, t.stance, t.paragraphs, t.place_key, t.item_key, t.doubt, t.limits_key
    from claimed_exceptions as c
    join exception_terms as t on t.symbol = c.symbol
    union all
    select c.*, t.terms_key, t.stance, t.paragraphs, t.place_key, t.item_key, t.doubt, t.limits_key
    from claimed_exceptions as c
    join exception_terms as t on t.symbol = '*'
    anti join exception_terms as named on named.terms_key = t.terms_key and named.symbol = c.symbol
),

compared_terms as (
    select
        *,
        len(paragraphs) = 0
            or len(list_filter(paragraphs, lambda p: paragraph = p or starts_with(paragraph, p || '('))) > 0
            as is_listed,
        len(list_filter(paragraphs, lambda p: starts_with(p, paragraph || '('))) > 0 as is_too_coarse
    from matched_terms
)

select
    terms_key, symbol, license_code, license_number_form, exception_paragraph, place_key, item_key, doubt, limits_key,
    case
        when stance = 'closed' then 'closed'
        when is_listed then stance
        when paragraph = '' then 'paragraph missing'
        when is_too_coarse then 'paragraph missing'
        else 'closed'
    end as answer,
    case
        when stance = 'closed' then 'License Exception ' || symbol || ' is not available under this rule'
        when is_listed and stance = 'own_terms' then 'License Exception ' || symbol
            || ' may be available; eligibility must be verified outside the shipment record'
        when is_listed and stance = 'doubtful'
            then 'whether License Exception ' || symbol || ' is available is in doubt'
        when is_listed and stance = 'limited' then null
        when is_listed then 'License Exception ' || symbol || ' is available under this rule'
        when paragraph = '' then 'License Exception ' || symbol || ' is available only under '
            || array_to_string(paragraphs, ', ') || ', and no such paragraph is recorded'
        when is_too_coarse then 'License Exception ' || symbol || ' is available only under '
            || array_to_string(paragraphs, ', ') || ', and the recorded paragraph ' || paragraph
            || ' does not specify which'
        else 'License Exception ' || symbol || ' is not available under ' || paragraph || ', only under '
            || array_to_string(paragraphs, ', ')
    end as note
from compared_terms
