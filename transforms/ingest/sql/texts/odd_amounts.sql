-- Which texts are no amount at sight? One row per text.
select distinct told from told_cells where told <> '' and not is_plain_amount(told, $decimal)
