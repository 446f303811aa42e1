"""What every test may ask for."""

import os
from pathlib import Path

import numpy as np
import pytest

DATA = Path(os.environ.get("PYNOMALY_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data sets beside the checkout."""
    if (DATA / "MANIFEST.csv").is_file():
        return DATA
    if os.environ.get("CI") and not os.environ.get("GITHUB_ACTIONS"):
        pytest.fail("the shared data folder is missing, and CI must test on it")
    pytest.skip("the shared data folder is not beside this checkout; set PYNOMALY_DATA to where it is")


@pytest.fixture(scope="session")
def adbench(shared_data):
    """A loader of ADBench sets: ``adbench("6_cardio")`` gives X (n, d) float64 and y (n,) int."""

    def load(name: str) -> tuple[np.ndarray, np.ndarray]:
        with np.load(shared_data / "adbench" / f"{name}.npz", allow_pickle=False) as file:
            return np.ascontiguousarray(file["X"], dtype=np.float64), file["y"].astype(int)

    return load
