"""`earshot serve`: the nights and the reports of a home on a schedule, with Prefect's own server and its pages."""
