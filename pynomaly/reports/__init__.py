"""Run a notebook on a table and keep what it shows as one file."""
