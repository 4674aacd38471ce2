-- Which texts are no ITN at sight? One row per text.
select distinct told from told_cells where not is_plain_itn(told)
