"""Orchestration: settings, the `earshot` command and the Prefect flows, each a list of calls to `transforms`."""
