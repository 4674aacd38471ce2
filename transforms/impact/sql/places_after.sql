-- In which situation is each line under the reform? One row per line.
select line_id, situation_key from placed_lines
