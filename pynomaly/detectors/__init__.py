"""The detector contract, the registry, our detectors, and adapters to PyOD and scikit-learn."""
