-- Which shipments may a row of lines in quarantine be of, and when was it there? One row per quarantined row and
-- shipment: the one that it names, or, where that could not be read, each that one of its cells may name.
select
    source, batch_id, settled_by, quarantined_at, settled_at,
    unnest(case
        when identity is not null then [identity[1]]
        -- as the load trims what it reads
        when cells is not null then list_distinct(list_transform(cells, lambda cell: trim(cell)))
        else list_distinct(list_transform(string_split_regex(recorded, '[,;|\t"]+'), lambda part: trim(part)))
    end) as shipment_id
from quarantine
where kind = 'lines'
