"""The result: which rows, how strange, why, and how it came about."""
