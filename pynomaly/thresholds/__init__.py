"""Turn scores into decisions: where to cut, and how rare a row is."""
