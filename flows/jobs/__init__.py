"""The jobs, as plain functions: what the commands call, and what the tasks of a flow call."""
