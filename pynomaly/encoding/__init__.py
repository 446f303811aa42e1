"""Turns a table of any columns into a matrix of numbers that remembers its columns."""
