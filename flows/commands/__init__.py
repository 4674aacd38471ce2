"""What can be asked of the `earshot` command: one module for each group of commands."""
