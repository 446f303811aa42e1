"""The arithmetic: arrays in, arrays out, knowing nothing of tables or names."""
