-- Which parties does a record have without their names? One row per situation with such a party: TO ORDER and the like,
-- or an ultimate consignee of whom all but the name is recorded. Nobody can hold them against a list.
with unnamed as (
    select
        situation_key,
        list_filter(
            from_json(listed_parties, '[{"role": "VARCHAR", "party": "VARCHAR", "entry_id": "VARCHAR"}]'),
            lambda pair: pair.entry_id = ''
        ) as pairs
    from subject
    where contains(listed_parties, '"entry_id":""')
)

select
    situation_key, 'undetermined' as outcome,
    list_aggregate(
        list_distinct(list_transform(pairs, lambda pair: 'the name of the ' || pair.role || ' is '
            || if(pair.party = '', 'blank', 'recorded as ' || pair.party))),
        'string_agg', '; '
    ) || '; it names no party that can be held against the lists' as because,
    list_distinct(list_transform(pairs, lambda pair: case pair.role
        when 'end user' then 'end_user_name' when 'purchaser' then 'purchaser_name' when 'USPPI' then 'usppi_name'
        when 'intermediate consignee' then 'intermediate_consignee_name' when 'forwarding agent' then 'forwarder_name'
        else 'consignee_name' end)) as missing
from unnamed
