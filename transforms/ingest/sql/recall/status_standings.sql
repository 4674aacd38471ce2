-- What does AES hold of a filing by its status? One row per recorded status and stretch of days of export, of one batch
-- or of all; a filing without a status has none. A status written CODE - TEXT is read by both: a code that cancels
-- counts, unless the text says that the message was not accepted; else the text decides, and no code makes up for it.
with recorded_statuses as (
    select distinct status
    from filings
    where status <> '' and ($batch_id::integer is null or batch_id = $batch_id)
),

first_days as (
    select from_on from filing_statuses
    union
    select until_on + 1 from filing_statuses where until_on < date '9999-12-31'
    union
    select date '0001-01-01'
),

periods as (
    select from_on, coalesce(lead(from_on) over (order by from_on) - 1, date '9999-12-31') as until_on
    from first_days
),

folded_statuses as (
    select
        status,
        replace(trim(regexp_replace(lower(status), '[^a-z0-9]+', ' ', 'g')), 'canceled', 'cancelled') as folded,
        regexp_extract(folded, '^([a-z0-9]{1,3}) .', 1) as code,
        if(code = '', '', substr(folded, length(code) + 2)) as folded_text
    from recorded_statuses
),

settled_statuses as (
    select
        f.status, p.from_on, p.until_on,
        case
            when whole.word is not null then {'standing': whole.standing, 'rank': whole.rank}
            when code.standing = 'cancelled' and told.standing = 'not held' then null
            when code.standing = 'cancelled' then {'standing': code.standing, 'rank': code.rank}
            when told.word is not null and (code.word is not null or regexp_full_match(f.code, '[0-9]+'))
                then {
                    'standing': told.standing,
                    'rank': if(told.standing = 'held', coalesce(code.rank, told.rank), told.rank)
                }
            else {'standing': other.standing, 'rank': null}
        end as settled
    from folded_statuses as f
    cross join periods as p
    left join filing_statuses as whole on whole.word = f.folded and p.from_on between whole.from_on and whole.until_on
    left join filing_statuses as code on code.word = f.code and p.from_on between code.from_on and code.until_on
    left join filing_statuses as told on told.word = f.folded_text and p.from_on between told.from_on and told.until_on
    left join filing_statuses as other on other.word = '*' and p.from_on between other.from_on and other.until_on
)

select
    status, from_on, until_on, coalesce(settled['standing'], 'unknown') as standing, settled['rank'] as version_rank
from settled_statuses
