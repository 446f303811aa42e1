"""Whole runs of `pynomaly detect … --report`: seconds, peak memory, size of the page.

    python benchmarks/pipeline.py

Each run is a process of its own; memory is the peak resident set of that process.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from common import DATA, keep


def run(name: str, path: Path, *words: str) -> dict:
    """One run of the command."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        command = [sys.executable, "-m", "pynomaly", "detect", str(path), "--report", str(report), "--quiet", *words]
        start = time.perf_counter()
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            raise SystemExit(f"{name} failed")
        return {
            "table": name,
            "arguments": " ".join(words),
            "seconds": seconds,
            "peak MB": usage.ru_maxrss / 1024,
            "HTML kB": report.stat().st_size / 1000,
        }


def made(folder: Path, rows: int, columns: int) -> Path:
    """A synthetic table: correlated normal columns, some skewed, one per cent strange rows."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(rows, columns)) @ (np.eye(columns) + 0.3 * rng.normal(size=(columns, columns)))
    X[:, ::5] = np.exp(X[:, ::5] / 2)
    X[: rows // 100] *= 4
    path = folder / f"made-{rows}x{columns}.parquet"
    pl.DataFrame(rng.permutation(X), schema=[f"x{i}" for i in range(columns)]).write_parquet(path)
    return path


if __name__ == "__main__":
    sets = DATA / "adbench"
    rows = [
        run("cardio", sets / "6_cardio.npz", "--label", "y"),
        run("shuttle", sets / "32_shuttle.npz", "--label", "y"),
        run("cover", sets / "10_cover.npz", "--label", "y"),
        run("donors", sets / "11_donors.npz", "--label", "y"),
        run("taxis", DATA / "mixed" / "taxis.csv"),
        run("ai4i2020", DATA / "mixed" / "ai4i2020.csv", "--label", "Machine failure", *(f"--ignore={m}" for m in ("TWF", "HDF", "PWF", "OSF", "RNF"))),
    ]
    with tempfile.TemporaryDirectory() as folder:
        for n, d in ((10_000, 20), (100_000, 20), (1_000_000, 10)):
            rows.append(run(f"made {n:,} × {d}", made(Path(folder), n, d), "--contamination", "0.01"))
    keep("pipeline", rows)
