"""Our networks beside PyOD's: how much faster they train, and how well they detect with their own defaults.

    python benchmarks/deep.py                    # 10,000 x 50 made rows; the labelled sets with seed 1
    python benchmarks/deep.py --seeds 1 2 3

One thread on both sides, calls in turn in one process after a warm-up, medians of `--rounds`; process CPU time of a fit with its training scores.
"Equal" means equal layers, batches, epochs, dropout and batch normalisation, and no early stop. Detection follows `benchmarks/default.py`.
"""

import argparse
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from common import DATA, alternate, clusters, keep, one_thread

one_thread()

import numpy as np  # noqa: E402
import torch  # noqa: E402
from default import sets  # noqa: E402
from pyod.models.auto_encoder import AutoEncoder  # noqa: E402
from pyod.models.deep_svdd import DeepSVDD  # noqa: E402
from pyod.models.vae import VAE  # noqa: E402
from sklearn.metrics import average_precision_score, roc_auc_score  # noqa: E402
from threadpoolctl import threadpool_limits  # noqa: E402

import pynomaly as pyn  # noqa: E402

PEERS: dict[str, Callable[..., object]] = {
    "autoencoder": lambda d, **more: AutoEncoder(verbose=0, **more),
    "vae": lambda d, **more: VAE(verbose=0, **more),
    "deep_svdd": lambda d, **more: DeepSVDD(d, verbose=0, **more),
}
ALIKE = {  # PyOD's defaults in our words
    "autoencoder": {"epochs": 10, "batch_size": 32, "batch_norm": True, "dropout_rate": 0.2, "learning_rate": 1e-3, "patience": None},
    "vae": {
        "epochs": 30, "batch_size": 32, "hidden_neurons": (128, 64, 32), "latent_dim": 2, "dropout_rate": 0.2, "beta": 0.0, "learning_rate": 1e-3, "patience": None,
    },
    "deep_svdd": {"epochs": 100, "batch_size": 32, "learning_rate": 1e-4, "patience": None},
}  # fmt: skip


def speed(name: str, X: np.ndarray, rounds: int) -> list[dict]:
    """Two rows: at PyOD's settings, and with our defaults."""
    found = []
    for label, given in (("equal", ALIKE[name]), ("our defaults", {})):
        figures = alternate(lambda given=given: pyn.detector(name, random_state=1, **given).fit(X), lambda: PEERS[name](X.shape[1]).fit(X), rounds)
        model = pyn.detector(name, random_state=1, **given).fit(X)
        start = time.perf_counter()
        for row in range(1000):
            model.decision_function(X[row : row + 1])
        found.append(
            {
                "detector": name, "settings": label, "epochs": len(model.losses_), "CPU s ours": figures["ours_cpu"], "CPU s PyOD": figures["theirs_cpu"],
                "×": figures["ratio_cpu"], "wall ×": figures["ratio_wall"], "one new row µs": 1000 * (time.perf_counter() - start),
            }
        )  # fmt: skip
        print(found[-1], flush=True)
    return found


def detection(folder: Path, seeds: list[int]) -> list[dict]:
    """One row a detector: mean AUROC and average precision over sets and seeds, defaults on both sides."""

    def make(name: str, seed: int, d: int) -> object:
        return PEERS[name.removeprefix("PyOD ")](d, random_state=seed) if name.startswith("PyOD ") else pyn.detector(name, random_state=seed)

    names = [*PEERS, "dagmm", *(f"PyOD {name}" for name in PEERS)]
    figures: dict[str, list[tuple[float, float, float]]] = {name: [] for name in names}
    for label, seed, train, test, labels in sets(folder, seeds):
        for name in names:
            start = time.process_time()
            scores = make(name, seed, train.shape[1]).fit(train).decision_function(test)
            seconds = time.process_time() - start
            figures[name].append((100 * roc_auc_score(labels, scores), 100 * average_precision_score(labels, scores), seconds))
        print(label, seed, {name: round(values[-1][0], 1) for name, values in figures.items()}, flush=True)
    means = {name: np.mean(values, axis=0).tolist() for name, values in figures.items()}
    return [{"detector": name, "seeds": " ".join(map(str, seeds)), "AUROC": a, "AP": p, "CPU s a set": s} for name, (a, p, s) in means.items()]


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder", nargs="?", type=Path, default=DATA / "adbench")
    words.add_argument("--seeds", type=int, nargs="+", default=[1])
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--only", choices=["speed", "detection"])
    given = words.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    with threadpool_limits(1):
        if given.only != "detection":
            made = clusters(10_000, 50)
            keep("deep", [row for name in PEERS for row in speed(name, made, 1 if name == "vae" else given.rounds)])
        if given.only != "speed":
            keep("deep_detection", detection(given.folder, given.seeds))
