"""The speed table: every detector of ours against its peer on made data, with peak memory, compile times and one-row latency.

    python benchmarks/speed.py                # all of it, about twenty minutes
    python benchmarks/speed.py knn lof        # some detectors only, printed and not kept

One thread on both sides, calls in turn in one process after a warm-up, medians of five. The figures are the peer's process CPU time over ours for a
fit with training scores; wall time stands beside it. Peak memory is what a fit adds to a fresh process that holds the data, after a warm-up on a few
rows, as the kernel counts resident pages.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from common import alternate, clusters, keep, one_thread

one_thread()

import numpy as np  # noqa: E402
from scipy.stats import spearmanr  # noqa: E402
from speed_peers import BARS, OURS, PEERS, made  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

SIZES = ((10_000, 50), (100_000, 20))
ROW_BARS = {"frozen": 100.0, "other": 1000.0}  # microseconds of one checked row


def table(names: list[str]) -> list[dict]:
    """Ratios, agreement and memory of every detector at both sizes."""
    rows = []
    for n, d in SIZES:
        X = clusters(n, d)
        for name in names:
            bar = BARS[name].get((n, d))
            if bar is None:
                continue
            figures = alternate(lambda: made(name, OURS).fit(X), lambda: made(name, PEERS).fit(X))  # noqa: B023
            ours, theirs = made(name, OURS).fit(X).decision_scores_, np.asarray(made(name, PEERS).fit(X).decision_scores_)
            ours, theirs = comparable(name, X, ours, theirs)
            memory = {side: peak(name, side, n, d) for side in ("ours", "theirs")}
            rows.append(
                {
                    "detector": name, "rows × columns": f"{n:,} × {d}", "peer CPU s": figures["theirs_cpu"], "ours CPU s": figures["ours_cpu"],
                    "×": figures["ratio_cpu"], "asked": bar, "met": "yes" if figures["ratio_cpu"] >= bar else "no", "× wall": figures["ratio_wall"],
                    "max relative difference": float(np.max(np.abs(ours - theirs) / np.maximum(1.0, np.abs(theirs)))), "Spearman": float(spearmanr(ours, theirs)[0]) if len(ours) > 1 else float("nan"),
                    "peer MB": memory["theirs"], "ours MB": memory["ours"],
                }
            )  # fmt: skip
            print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    return rows


def comparable(name: str, X: np.ndarray, ours: np.ndarray, theirs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scores that should be equal: two forests of one seed in two libraries are two forests, so ours scores the peer's trees."""
    if name == "loda":  # PyOD reads the histogram bin beside the right one, and takes no seed: tests compare with the bin mended
        return np.full(1, np.nan), np.full(1, np.nan)
    if name != "iforest":
        return ours, theirs
    from pynomaly.kernels.cpu.iforest import score
    from pynomaly.kernels.forest import from_sklearn

    forest = made(name, PEERS).fit(X)
    return score(from_sklearn(forest.detector_), X), -forest.detector_.score_samples(X)


def peak(name: str, side: str, n: int, d: int) -> float:
    """MB that one fit adds at its highest, in a process of its own."""
    answer = subprocess.run([sys.executable, __file__, "--peak", name, side, str(n), str(d)], check=True, capture_output=True, text=True)
    return float(answer.stdout.split()[-1])


def _peak(name: str, side: str, n: int, d: int) -> None:
    X = clusters(n, d)
    made(name, OURS if side == "ours" else PEERS).fit(X[:: max(1, n // 1000)].copy())
    Path("/proc/self/clear_refs").write_text("5")
    before = _status("VmRSS")
    fitted = made(name, OURS if side == "ours" else PEERS).fit(X)
    print((_status("VmHWM") - before) / 1024, flush=True)
    del fitted


def _status(field: str) -> float:
    return float(next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(field)).split()[1])


def compilation(names: list[str]) -> list[dict]:
    """Seconds of the first fit in a new process: with nothing compiled, and with the compiled code on disk; and of the second fit."""
    rows = []
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            cold, warm = (_first(name, folder) for _ in range(2))
        rows.append({"detector": name, "first ever s": cold[0], "first in a process s": warm[0], "second s": warm[1]})
        print(json.dumps(rows[-1]), flush=True)
    return rows


def _first(name: str, cache: str) -> list[float]:
    code = (
        "import sys, time; from common import clusters; from speed_peers import OURS, made; X = clusters(1000, 10)\n"
        "for _ in range(2):\n    start = time.perf_counter(); made(sys.argv[1], OURS).fit(X); print(time.perf_counter() - start)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, name], check=True, capture_output=True, text=True, cwd=Path(__file__).parent, env={**os.environ, "NUMBA_CACHE_DIR": cache}
    )
    return [float(word) for word in answer.stdout.split()[-2:]]


def one_row(names: list[str]) -> list[dict]:
    """Microseconds of one new row through the public, checked call; fitted on 10,000 × 10."""
    X, rows = clusters(10_000, 10), []
    for name in names:
        ours, theirs = made(name, OURS).fit(X), made(name, PEERS).fit(X)
        times = {}
        for side, model in (("ours", ours), ("peer", theirs)):
            spans = []
            for i in range(200 if side == "ours" else 20):
                start = time.perf_counter()
                model.decision_function(X[i : i + 1])
                spans.append(time.perf_counter() - start)
            times[side] = float(np.median(spans) * 1e6)
        rows.append({"detector": name, "peer µs": times["peer"], "ours µs": times["ours"], "×": times["peer"] / times["ours"]})
        print(json.dumps(rows[-1], ensure_ascii=False), flush=True)
    return rows


def batches() -> list[dict]:
    """New rows in a batch: a frozen ecod, and a forest over a million rows beside scikit-learn's."""
    import pynomaly as pyn
    from pyod.models.ecod import ECOD
    from sklearn.ensemble import IsolationForest

    X, new = clusters(100_000, 50), clusters(10_000, 50, seed=1)
    ours, theirs = pyn.detector("ecod").fit(X), ECOD().fit(X)
    rows = [{"what": "ecod fitted on 100,000 × 50, 10,000 new rows", "asked": 40.0, **alternate(lambda: ours.decision_function(new), lambda: theirs.decision_function(new))}]
    X = clusters(1_000_000, 10)
    own, sk = pyn.detector("iforest", random_state=1).fit(X[:100_000]), IsolationForest(random_state=1).fit(X[:100_000])
    rows.append({"what": "iforest, 1,000,000 × 10 rows beside scikit-learn", "asked": 5.0, **alternate(lambda: own.decision_function(X), lambda: sk.score_samples(X))})
    return rows


if __name__ == "__main__":
    if sys.argv[1:2] == ["--peak"]:
        _peak(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
        raise SystemExit
    warnings.filterwarnings("ignore")
    asked = sys.argv[1:]
    names = asked or list(BARS)
    with threadpool_limits(1):
        results = table(names)
        if not asked:
            keep("speed", results)
            keep("speed_rows", one_row(names))
            keep("speed_compile", compilation(names))
            keep("speed_batches", batches())
