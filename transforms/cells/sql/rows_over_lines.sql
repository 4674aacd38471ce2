-- Which rows have a line end in one of their cells? One row per such row, with its cells, in the order of the file. The
-- cells of a row are joined and asked once, which takes half the time of asking each.
select list_value(*columns(*)) as cells
from staged
where contains(concat(*columns(*)), chr(10)) or contains(concat(*columns(*)), chr(13))
