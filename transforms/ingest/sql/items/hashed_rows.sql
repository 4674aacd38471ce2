-- By which hashes is an item record known? One row per row, recorded or stored, with them.
select
    *,
    hash(source, part_number, valid_from) as identity_hash,
    hash(
        eccn, valid_until, description, schedule_b, detectors, spectral, top_down_proteomics, fda_device,
        item_facts
    ) as row_hash
from readable_rows
