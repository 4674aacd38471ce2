"""Prefect flows: thin lists of calls of `flows/jobs/`, for a schedule, a server or a worker."""
