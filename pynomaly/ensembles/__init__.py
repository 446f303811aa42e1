"""Several detectors as one, and the default."""
