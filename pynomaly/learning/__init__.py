"""What a person says about rows, and what it teaches."""
