"""Read any table, find what each column is and what it is for, and say what was repaired."""
