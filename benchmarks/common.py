"""What the benchmarks share: data sets, alternating measurement, tables."""

import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

DATA = Path(os.environ.get("PYNOMALY_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
OUT = Path(__file__).resolve().parent / "results"


def adbench(name: str) -> tuple[np.ndarray, np.ndarray]:
    """X (n, d) float64 and y (n,) of one of the sets in the data folder."""
    with np.load(DATA / "adbench" / f"{name}.npz", allow_pickle=False) as file:
        return np.ascontiguousarray(file["X"], dtype=np.float64), file["y"].astype(int)


def clusters(n: int, d: int, seed: int = 0) -> np.ndarray:
    """Made data, float64 (n, d): five correlated Gaussian clusters, 1 % heavy-tailed outliers, 10 % tied and 10 % skewed columns."""
    rng = np.random.default_rng(seed)
    X = np.empty((n, d))
    which = rng.integers(5, size=n)
    for cluster in range(5):
        rows = which == cluster
        mixing = rng.normal(size=(d, d)) / np.sqrt(d)
        X[rows] = rng.normal(scale=4.0, size=d) + rng.normal(size=(rows.sum(), d)) @ mixing
    outliers = rng.choice(n, max(1, n // 100), replace=False)
    X[outliers] += 3.0 * rng.standard_t(2, size=(len(outliers), d))
    special = max(1, d // 10)
    X[:, :special] = np.round(X[:, :special])
    X[:, -special:] = np.exp(X[:, -special:] / 4.0)
    return X


def alternate(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 5) -> dict[str, float]:
    """Run two calls in turn, after one of each to warm up.

    Returns the medians of process CPU seconds and wall seconds of each, and the medians of the ratios theirs / ours, pair by pair.
    """
    ours(), theirs()
    times: dict[str, list[float]] = {"ours_cpu": [], "theirs_cpu": [], "ours_wall": [], "theirs_wall": []}
    for _ in range(rounds):
        for name, call in (("ours", ours), ("theirs", theirs)):
            cpu, wall = time.process_time(), time.perf_counter()
            call()
            times[f"{name}_cpu"].append(time.process_time() - cpu)
            times[f"{name}_wall"].append(time.perf_counter() - wall)
    figures = {name: statistics.median(values) for name, values in times.items()}
    for kind in ("cpu", "wall"):
        pairs = zip(times[f"theirs_{kind}"], times[f"ours_{kind}"], strict=True)
        figures[f"ratio_{kind}"] = statistics.median(b / max(a, 1e-9) for b, a in pairs)
    return figures


def one_thread() -> None:
    """Hold BLAS, OpenMP and numba to one thread: libraries that are loaded already, and those to come."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ[name] = "1"
    threadpool_limits(1)


def keep(name: str, rows: list[dict]) -> None:
    """Write the rows as JSON and print them as a Markdown table."""
    OUT.mkdir(exist_ok=True)
    (OUT / f"{name}.json").write_text(json.dumps(rows, indent=1))
    text = markdown(rows)
    (OUT / f"{name}.md").write_text(text)
    print(text)


def markdown(rows: list[dict]) -> str:
    """Rows as a Markdown table."""
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    lines += ["| " + " | ".join(_cell(row[name]) for name in names) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2e}" if value and abs(value) < 1e-3 else f"{value:,.3f}".rstrip("0").rstrip(".")
    return str(value)
