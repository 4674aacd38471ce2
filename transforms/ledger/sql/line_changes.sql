-- What was recorded otherwise of the lines in `lines_in_question` when the last screening was made? One row per line
-- and version asked for: the one of that batch or, where none is named, the one known to the last screening. Values are
-- as they stand in the line. Before a first screening nothing was told of any line. What that screening saw is told by
-- the batches loaded by then, in their order: a clock may have gone back since.
with ended_versions as (
    select
        l.source, l.shipment_id, l.line_number, l.batch_id,
        -- a version that never counted ended by its own batch
        coalesce(min(b.batch_id) filter (b.batch_id > l.batch_id), l.batch_id) as ended_in
    from lines as l
    semi join lines_in_question using (source, shipment_id, line_number)
    left join batches as b on b.source = l.source and b.known_from = l.known_until
    where l.known_until is not null
    group by l.source, l.shipment_id, l.line_number, l.batch_id
),

versions as (
    select
        l.source, l.shipment_id, l.line_number, q.line_batch, l.batch_id,
        g.batch_id is not null as ended,
        case
            when q.line_batch is not null then l.batch_id = q.line_batch
            else l.batch_id <= $previous_batch
                and (l.known_until is null or coalesce(e.ended_in, l.batch_id) > $previous_batch)
        end as was,
        l.known_from <= $moment and (l.known_until is null or l.known_until > $moment) as stands,
        map_from_entries([
            ('eccn', l.eccn), ('part_number', l.part_number), ('description', l.description),
            ('destination', l.destination), ('activity', l.activity), ('form', l.form),
            ('license_code', l.license_code), ('license_number', l.license_number),
            ('exception_paragraph', l.exception_paragraph), ('export_on', l.export_on::varchar),
            ('tendered_on', l.tendered_on::varchar), ('itn', l.itn), ('eei_exemption', l.eei_exemption),
            ('filing_option', l.filing_option), ('schedule_b', l.schedule_b), ('value_usd', l.value_usd::varchar),
            ('intermediate_country', l.intermediate_country), ('consignee_country', l.consignee_country),
            ('end_user_country', l.end_user_country), ('usppi_id', l.usppi_id), ('consignee_name', l.consignee_name),
            ('conveyance', l.conveyance), ('origin_df', l.origin_df), ('quantity', l.quantity::varchar), ('uom', l.uom),
            ('end_user_name', l.end_user_name), ('routed', l.routed),
            ('intermediate_consignee_name', l.intermediate_consignee_name), ('currency', l.currency),
            ('value_recorded', l.value_recorded::varchar), ('destination_region', l.destination_region),
            ('shipped_from', l.shipped_from), ('shipped_from_region', l.shipped_from_region),
            ('usppi_name', l.usppi_name), ('consignee_type', l.consignee_type), ('transport_mode', l.transport_mode),
            ('port_of_export', l.port_of_export), ('invoice_number', l.invoice_number),
            ('order_number', l.order_number), ('purchaser_name', l.purchaser_name),
            ('purchaser_country', l.purchaser_country),
            ('forwarder_name', l.forwarder_name), ('consignee_address', l.consignee_address),
            ('end_user_address', l.end_user_address)
        ]) as recorded
    from lines as l
    join lines_in_question as q
        on q.source = l.source and q.shipment_id = l.shipment_id and q.line_number = l.line_number
    left join ended_versions as e
        on e.source = l.source and e.shipment_id = l.shipment_id and e.line_number = l.line_number
        and e.batch_id = l.batch_id
    left join endings as g
        on g.kind = 'lines' and g.source = l.source and g.identity = [l.shipment_id, l.line_number::varchar]
        and g.version_batch_id = l.batch_id
)

select
    source, shipment_id, line_number, line_batch,
    min(batch_id) as first_batch, bool_or(stands) as stands, bool_or(was) as was,
    -- whether an extract that is the whole of its period did not have it any more: of the last version, and of that one
    coalesce(max_by(ended, batch_id), false) as has_ended, coalesce(bool_or(ended) filter (was), false) as had_ended,
    arg_min(recorded, batch_id) filter (was) as recorded_before, any_value(recorded) filter (stands) as recorded
from versions
group by source, shipment_id, line_number, line_batch
