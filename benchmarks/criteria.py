"""How far criteria that need no labels tell which detector is right: each is held against the labels of sets that have them.

    python benchmarks/criteria.py                # the ADBench sets of the data folder, at most 2,000 rows of each
    python benchmarks/criteria.py --rows 5000 --seeds 5

`pyn.compare` runs the detectors on every set. For each criterion: its rank correlation over the detectors with AUROC and with average precision,
and the AUROC of the detector that it would choose, beside the best of the set, the mean over the detectors, and always taking the default.
The interval is a bootstrap over the sets. "chance" is what a detector drawn at random gives.
"""

import argparse
from collections.abc import Iterator

import numpy as np
import pandas as pd
from common import DATA, adbench, keep
from scipy.stats import spearmanr

from pynomaly.comparisons.compare import COMPETITORS, compare

DETECTORS = (*COMPETITORS, "loda", "inne")
LOWER = {"mass volume"}


def sets(rows: int) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every labelled set of single rows, the label as the last column."""
    for path in sorted((DATA / "adbench").glob("*.npz")):
        if path.stem.split("_")[0].isdigit():
            X, y = adbench(path.stem)
            if len(X) > rows:
                some = np.random.default_rng(0).choice(len(X), rows, replace=False)
                X, y = X[some], y[some]
            yield path.stem, pd.DataFrame(X, columns=[f"x{j}" for j in range(X.shape[1])]).assign(anomaly=y)


def criteria(table: pd.DataFrame, agreement: pd.DataFrame) -> pd.DataFrame:
    """What is known of each detector without labels, higher is better."""
    return pd.DataFrame(
        {
            "consensus": table["consensus"],
            "mean agreement": (agreement.sum() - 1) / (len(agreement) - 1),
            "stability over seeds": table["stability_seeds"].fillna(1.0),  # what does not draw is perfectly stable
            "stability over halves": table["stability_halves"],
            "excess mass": table["excess_mass"],
            "mass volume": -table["mass_volume"],
        }
    )


def held(name: str, frame: pd.DataFrame, seeds: int, jobs: int) -> list[dict]:
    """One row a criterion: how it did on this set."""
    found = compare(frame, DETECTORS, label="anomaly", seeds=seeds, draws=100, time_limit=None, n_jobs=jobs)
    table = found.table
    if table["failed"].any():
        print(table.loc[table["failed"] != "", "failed"].to_string())
    table = table[table["auroc"].notna()]
    auroc = 100 * table["auroc"]
    rows = []
    for criterion, values in criteria(table, found.field.agreement).items():
        values = values.dropna()
        best = values[values == values.max()].index  # ties: the mean of those
        rows.append(
            {
                "set": name,
                "criterion": criterion,
                "rho AUROC": float(spearmanr(values, table.loc[values.index, "auroc"]).statistic),
                "rho AP": float(spearmanr(values, table.loc[values.index, "average_precision"]).statistic),
                "AUROC chosen": float(auroc[best].mean()),
                "best": float(auroc.max()),
                "mean": float(auroc.mean()),
                "default": float(auroc["default"]),
            }
        )
    print(name, len(frame), flush=True)
    return rows


def summary(found: pd.DataFrame) -> list[dict]:
    """One row a criterion over all sets, and the two ways to choose without any."""
    rows, rng = [], np.random.default_rng(0)
    for criterion, one in found.groupby("criterion", sort=False):
        gain = (one["AUROC chosen"] - one["default"]).to_numpy()
        low, high = np.quantile(rng.choice(gain, (10_000, len(gain))).mean(axis=1), [0.025, 0.975])
        rows.append(
            {
                "criterion": criterion,
                "rho with AUROC": float(one["rho AUROC"].mean()),
                "rho with AP": float(one["rho AP"].mean()),
                "sets with rho > 0": f"{int((one['rho AUROC'] > 0).sum())} of {len(one)}",
                "AUROC of its choice": round(float(one["AUROC chosen"].mean()), 1),
                "under the best": round(float((one["best"] - one["AUROC chosen"]).mean()), 1),
                "over the mean detector": round(float((one["AUROC chosen"] - one["mean"]).mean()), 1),
                "over the default": f"{gain.mean():+.1f} ({low:+.1f} to {high:+.1f})",
            }
        )
    one = found.groupby("set").first()
    for name, value in (("always the default", one["default"]), ("chance", one["mean"])):
        plain = {"criterion": name, "rho with AUROC": "", "rho with AP": "", "sets with rho > 0": "", "AUROC of its choice": round(float(value.mean()), 1)}
        rows.append(
            {
                **plain,
                "under the best": round(float((one["best"] - value).mean()), 1),
                "over the mean detector": round(float((value - one["mean"]).mean()), 1),
                "over the default": f"{float((value - one['default']).mean()):+.1f}",
            }
        )
    return rows


if __name__ == "__main__":
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--rows", type=int, default=2_000)
    words.add_argument("--seeds", type=int, default=3)
    words.add_argument("--jobs", type=int, default=2)
    given = words.parse_args()
    found = pd.DataFrame([row for name, frame in sets(given.rows) for row in held(name, frame, given.seeds, given.jobs)])
    for figure in ("AUROC", "AP"):
        wide = found.pivot(index="set", columns="criterion", values=f"rho {figure}")[list(found["criterion"].unique())]
        keep(f"criteria_{figure}", [{"set": name, **{c: round(float(v), 2) for c, v in row.items()}} for name, row in wide.iterrows()])
    keep("criteria", summary(found))
