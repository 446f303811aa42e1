"""A table of 20,000,000 rows × 10 columns in Parquet parts, through `detect` with a small memory: seconds, peak memory, rows flagged.

    python benchmarks/large.py [rows]

Each detector runs in a process of its own; memory is the peak resident set of that process.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
from common import keep

PART, COLUMNS = 1_000_000, 10
RUN = """
import json, sys, pynomaly as pyn
pyn.options.progress = False
found = pyn.detect(sys.argv[1], sys.argv[2], memory=0.1, contamination=0.001, output=sys.argv[3])
print(json.dumps({"rows": found.total, "flagged": found.n_flagged, "learned from": found.provenance["learned_from"], **found.provenance["seconds"]}))
"""


def make(folder: Path, rows: int) -> None:
    """Correlated normal columns, some skewed, one row in a thousand strange; a running number that names the rows. A part at a time."""
    rng = np.random.default_rng(0)
    mixing = np.eye(COLUMNS) + 0.3 * rng.normal(size=(COLUMNS, COLUMNS))
    for i, start in enumerate(range(0, rows, PART)):
        n = min(PART, rows - start)
        X = rng.normal(size=(n, COLUMNS)) @ mixing
        X[:, ::5] = np.exp(X[:, ::5] / 2)
        X[rng.choice(n, max(1, n // 1000), replace=False)] *= 4
        columns = {"row": np.arange(start, start + n), **{f"x{j}": X[:, j] for j in range(COLUMNS)}}
        pl.DataFrame(columns).write_parquet(folder / f"part-{i}.parquet")


def run(folder: Path, detector: str, output: Path) -> dict:
    """One detector in a fresh process."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", RUN, str(folder), detector, str(output)], stdout=subprocess.PIPE, text=True)
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{detector} failed")
    found = json.loads(told)
    written = pl.scan_parquet(output).select(pl.len(), pl.col("anomaly").cast(pl.Int64).sum()).collect().row(0)
    assert written == (found["rows"], found["flagged"]), "the file does not hold what the result says"
    return {
        "detector": detector,
        "learned from": found["learned from"],
        "seconds": time.perf_counter() - start,
        "CPU seconds": usage.ru_utime + usage.ru_stime,
        "survey s": found["survey"],
        "learn s": found["learn"],
        "score s": found["score"],
        "peak MB": usage.ru_maxrss / 1024,
        "flagged": found["flagged"],
        "rows": found["rows"],
        "scores MB": output.stat().st_size / 1e6,
    }


if __name__ == "__main__":
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000_000
    with tempfile.TemporaryDirectory() as folder:
        parts = Path(folder) / "parts"
        parts.mkdir()
        make(parts, rows)
        size = sum(part.stat().st_size for part in parts.iterdir()) / 1e9
        print(f"{rows:,} rows × {COLUMNS} columns in {len(list(parts.iterdir()))} parts, {size:.2f} GB of Parquet", flush=True)
        keep("large", [run(parts, name, Path(folder) / "scores.parquet") for name in ("default", "iforest", "ecod", "pca", "hbos")])
