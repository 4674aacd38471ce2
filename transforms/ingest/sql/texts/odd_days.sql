-- Which texts are no day at sight? One row per text.
select distinct told from told_cells where told <> '' and not is_plain_day(told, $forms)
