"""Which detector to trust: figures, significance, and the comparison itself."""
