"""Our torch kernels on a CUDA card: parity with the CPU, and time beside our CPU, the peer and what the card could do at best.

    python benchmarks/gpu.py                    # knn, lof, iforest, ecod, kde, autoencoder at 100,000 and 1,000,000 rows
    python benchmarks/gpu.py --rows 100000      # one size
    python benchmarks/gpu.py --device cpu --rows 2000   # the same code without a card: parity only means something, times do not

Data lie on the card before the clock starts. The bound is the larger of bytes over the card's copying speed and operations over its matrix product, both
measured here first. A peer, or our CPU, is timed once, and only where its time grows less than with n², or up to `--patience` rows (20,000).
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from common import clusters, keep
from speed_peers import OURS, PEERS, made

import pynomaly as pyn

COLUMNS = {"knn": 50, "lof": 50, "iforest": 10, "ecod": 50, "kde": 50, "autoencoder": 50}
SQUARE = ("knn", "lof", "kde")  # all pairs of rows
AUTOENCODER = {"batch_size": 4096}
PEER_AUTOENCODER = {"batch_size": 4096, "epoch_num": 1}


def synchronised(device: str, call: Callable[[], Any], rounds: int = 5) -> float:
    """Median wall seconds of a call, the card's work included."""
    spans = []
    for _ in range(rounds + 1):
        wait(device)
        start = time.perf_counter()
        call()
        wait(device)
        spans.append(time.perf_counter() - start)
    return statistics.median(spans[1:])


def wait(device: str) -> None:
    if device == "cuda":
        torch.cuda.synchronize()


def card_speed(device: str) -> dict[str, float]:
    """Bytes a second of a copy, and float32 operations a second of a matrix product, without and with TF32."""
    size = 2**26 if device == "cuda" else 2**22
    a = torch.rand(size, device=device)
    b = torch.empty_like(a)
    speed = {"bytes": 2 * 4 * size / synchronised(device, lambda: b.copy_(a))}
    side = 8192 if device == "cuda" else 512
    m = torch.rand(side, side, device=device)
    before = torch.backends.cuda.matmul.allow_tf32
    for name, allowed in (("fp32", False), ("tf32", True)):
        torch.backends.cuda.matmul.allow_tf32 = allowed
        speed[name] = 2 * side**3 / synchronised(device, lambda: m @ m)
    torch.backends.cuda.matmul.allow_tf32 = before
    return speed


def bound(name: str, n: int, d: int, speed: dict[str, float]) -> float:
    """Seconds below which the card cannot go, from the bytes that must move and the operations that must be done."""
    pairs = 2.0 * n * n * d
    moved, done = {
        "knn": (8 * n * d, pairs), "lof": (8 * n * d, pairs), "kde": (8 * n * d, pairs),
        "iforest": (8 * n * (d + 1), 100 * 8 * n), "ecod": (8 * 24 * n * d, 0.0), "autoencoder": (4 * n * d, 6.0 * n * 2 * (d * 64 + 64 * 32)),
    }[name]  # fmt: skip
    return max(moved / speed["bytes"], done / speed["tf32" if name in SQUARE else "fp32"])


def tasks(name: str, X: Any, device: str) -> tuple[Callable[[], Any], str]:
    """What is timed on the card, and what it is called."""
    if name == "iforest":
        model = pyn.detector(name, backend="torch", device=device, random_state=1).fit(X[:100_000])
        return lambda: model.decision_function(X), "score"
    if name == "autoencoder":
        return lambda: pyn.detector(name, backend="torch", device=device, epochs=1, random_state=1, **AUTOENCODER).fit(X), "fit, one epoch"
    return lambda: pyn.detector(name, backend="torch", device=device).fit(X), "fit"


def elsewhere(name: str, X: np.ndarray, side: dict[str, dict[str, Any]]) -> float:
    """Wall seconds of one run on the CPU: ours or the peer's."""
    if name == "iforest":
        model = made(name, side).fit(X[:100_000])
        start = time.perf_counter()
        model.decision_function(X)
    else:
        model = made(name, side)
        if name == "autoencoder":
            model = pyn.detector(name, epochs=1, **AUTOENCODER) if side is OURS else made(name, {name: PEER_AUTOENCODER})
        start = time.perf_counter()
        model.fit(X)
    return time.perf_counter() - start


def parity(name: str, device: str) -> float:
    """Largest relative difference from the numba kernel on 5,000 rows; for the autoencoder, from torch on the CPU."""
    X = clusters(5_000, COLUMNS[name])
    seed = {"random_state": 1} if name in ("iforest", "autoencoder") else {}
    other = {"backend": "torch", "epochs": 3} if name == "autoencoder" else {"backend": "numba"}
    there = pyn.detector(name, device=device, **{**other, "backend": "torch"}, **seed).fit(X)
    here = pyn.detector(name, device="cpu", **other, **seed).fit(X)
    a, b = there.decision_scores_, here.decision_scores_
    return float(np.max(np.abs(a - b) / np.maximum(1.0, np.abs(b))))


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--device", default="cuda", choices=("cuda", "cpu"))
    words.add_argument("--rows", type=int, nargs="*", default=[100_000, 1_000_000])
    words.add_argument("--detectors", nargs="*", default=list(COLUMNS), choices=list(COLUMNS))
    words.add_argument("--patience", type=int, default=20_000)
    asked = words.parse_args()
    if asked.device == "cuda" and not torch.cuda.is_available():
        raise SystemExit("There is no CUDA card here, so there is nothing to measure. To try the script without one: --device cpu --rows 2000")
    speed = card_speed(asked.device)
    print({name: f"{value:.3g}/s" for name, value in speed.items()}, torch.cuda.get_device_name() if asked.device == "cuda" else "CPU", flush=True)
    rows = []
    for n in asked.rows:
        for name in asked.detectors:
            X = clusters(n, COLUMNS[name])
            call, what = tasks(name, torch.as_tensor(X, device=asked.device), asked.device)
            seconds = synchronised(asked.device, call, 3 if name in SQUARE else 5)
            patient = name not in SQUARE or n <= asked.patience
            rows.append(
                {
                    "detector": name, "rows × columns": f"{n:,} × {COLUMNS[name]}", "what": what, "card s": seconds,
                    "card could s": bound(name, n, COLUMNS[name], speed), "our CPU s": elsewhere(name, X, OURS) if patient else "not run",
                    "PyOD s": elsewhere(name, X, PEERS) if patient else "not run", "difference from our CPU": parity(name, asked.device),
                }
            )  # fmt: skip
            print(rows[-1], flush=True)
    if asked.device == "cuda":
        keep("gpu", rows)


if __name__ == "__main__":
    main()
