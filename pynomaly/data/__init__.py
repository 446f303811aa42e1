"""Sample data that ship with the package."""
