"""Who is measured against whom, and what was asked: the peer's time over ours. Networks have a benchmark of their own, `deep.py`."""

import importlib
from typing import Any

import pynomaly as pyn

SMALL, LARGE = (10_000, 50), (100_000, 20)

BARS: dict[str, dict[tuple[int, int], float]] = {
    "ecod": {SMALL: 9, LARGE: 7},
    "copod": {SMALL: 9, LARGE: 7},
    "hbos": {SMALL: 6, LARGE: 6},
    "gmm": {SMALL: 4, LARGE: 6},
    "knn": {SMALL: 3, LARGE: 7},
    "lof": {SMALL: 1.8, LARGE: 5},
    "abod": {SMALL: 6},
    "iforest": {SMALL: 8, LARGE: 8},
    "inne": {SMALL: 4.5, LARGE: 5},
    "pca": {SMALL: 2.5, LARGE: 2.5},
    "mcd": {SMALL: 2.5, LARGE: 5},
    "loda": {SMALL: 3, LARGE: 3.5},
    "ocsvm": {SMALL: 4},
    "kde": {SMALL: 40},
}

_PYOD = {
    "ecod": "ecod:ECOD", "copod": "copod:COPOD", "hbos": "hbos:HBOS", "gmm": "gmm:GMM", "knn": "knn:KNN", "lof": "lof:LOF", "abod": "abod:ABOD",
    "iforest": "iforest:IForest", "inne": "inne:INNE", "pca": "pca:PCA", "mcd": "mcd:MCD", "loda": "loda:LODA", "ocsvm": "ocsvm:OCSVM", "kde": "kde:KDE",
    "autoencoder": "auto_encoder:AutoEncoder",
}  # fmt: skip

PEERS: dict[str, dict[str, Any]] = {name: {"random_state": 1} for name in ("iforest", "inne", "mcd", "gmm")}
OURS: dict[str, dict[str, Any]] = {name: dict(params) for name, params in PEERS.items()}


def made(name: str, side: dict[str, dict[str, Any]]) -> Any:
    """An unfitted detector: ours, or the peer of that name."""
    params = dict(side.get(name, {}))
    if side is OURS:
        return pyn.detector(name, **params)
    module, _, cls = _PYOD[name].partition(":")
    if module == "auto_encoder":
        params.setdefault("verbose", 0)
    return getattr(importlib.import_module(f"pyod.models.{module}"), cls)(**params)
