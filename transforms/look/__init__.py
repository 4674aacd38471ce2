"""What a file becomes under a layout, looked at before anything is kept: rows, columns, and rules."""
