#!/usr/bin/env python
"""Put every detector through the contract and write what came out as docs/conformance.md.

    tools/conformance.py [--data FOLDER] [--out FILE] [NAME ...]

Naming detectors measures only those, and those that are not yet in FILE.

The data are 300 rows and 8 columns of ADBench's cardio set when FOLDER holds it (../shared/data beside the checkout unless given), else drawn at
random. Networks get few epochs: the contract is tested here, not how well they learn. A detector whose packages are not installed is listed as such.
"""

import argparse
import importlib.util
import io
import pickle
import random
import signal
import sys
import time
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pyod.version
import sklearn
from sklearn.base import clone
from sklearn.metrics import roc_auc_score

sys.path.insert(0, str(Path(__file__).resolve().parent))
import contract

from pynomaly.detectors.cards import CARDS
from pynomaly.detectors.isolate import isolated
from pynomaly.detectors.registry import detector

PATIENCE = 20  # seconds for a library alone on forty rows: PyOD's ROD never ends on large numbers
ROOT = Path(__file__).resolve().parents[1]
QUICK = {
    "ae1svm": {"epochs": 5}, "alad": {"epochs": 5}, "anogan": {"epochs": 3, "epochs_query": 3}, "pyod.auto_encoder": {"epoch_num": 5},
    "pyod.deep_svdd": {"epochs": 5}, "devnet": {"epochs": 10}, "dif": {"n_ensemble": 5}, "lunar": {"n_epochs": 5}, "mo_gaal": {"k": 2, "stop_epochs": 2},
    "so_gaal": {"stop_epochs": 2}, "so_gaal_new": {"epoch_num": 3}, "pyod.vae": {"epoch_num": 5}, "kpca": {"n_components": 5}, "lmdd": {"n_iter": 10},
    "suod": {"n_jobs": 1, "approx_flag_global": False},
}  # fmt: skip
LABELS = {
    "finite": "training scores are finite",
    "repeatable": "fitting again with the same seed gives the same scores",
    "stable": "scoring the same rows twice gives the same scores",
    "own": "a row's score is the same alone and among others",
    "learns": "after training on other data the scores differ",
    "columns": "a wrong number of columns is refused",
    "tidy": "the input and the global random state are left as they were",
    "clone": "scikit-learn's clone gives the same parameters",
    "pickle": "the fitted detector survives pickling with its scores",
}


def data(folder: Path) -> tuple[np.ndarray, np.ndarray, str]:
    """300 rows for training and 100 for scoring, 8 columns, the labels, and what they are."""
    file = folder / "adbench" / "6_cardio.npz"
    rng = np.random.default_rng(0)
    if file.is_file():
        with np.load(file, allow_pickle=False) as stored:
            order = rng.permutation(len(stored["y"]))[:400]
            return stored["X"][order, :8].astype(float), stored["y"][order].astype(int), "ADBench's cardio, 300 rows for training, the first 8 columns"
    X = np.vstack([rng.normal(size=(370, 8)), rng.normal(3, 2, size=(30, 8))])
    order = rng.permutation(400)
    return X[order], np.repeat([0, 1], [370, 30])[order], "8 normal columns drawn at random, 300 rows for training"


def states() -> tuple:
    """The global random states, comparable."""
    torch = sys.modules.get("torch")
    return (np.random.get_state()[1].tobytes(), random.getstate(), torch.get_rng_state().numpy().tobytes() if torch else b"")


def same(a: np.ndarray, b: np.ndarray) -> bool:
    """Equal but for rounding, seen against the spread of the scores; float32 networks round at 1e-7."""
    return a.shape == b.shape and bool(np.isfinite(a).all()) and bool(np.allclose(a, b, rtol=1e-5, atol=1e-5 * max(float(np.ptp(a)), 1e-12)))


def attempt(check) -> bool:
    """Whether a check holds; one that raises does not."""
    try:
        return bool(check())
    except Exception:  # of any library; the table says that it did not pass
        return False


def examine(build, X, y, new, other, other_y, refuses_new: bool = False) -> dict[str, bool | None]:
    """Which checks hold for the detectors that `build` gives; None where a check does not apply."""
    kept, before = X.copy(), states()
    model = build()
    model.fit(X, y)
    got = np.asarray(model.decision_scores_, dtype=float).ravel()
    passed = {"finite": attempt(lambda: np.isfinite(got).all() and got.shape == (len(X),))}
    passed["tidy"] = bool((X == kept).all()) and states() == before
    again = build()
    again.fit(X, y)
    passed["repeatable"] = same(got, np.asarray(again.decision_scores_, dtype=float).ravel())
    passed["clone"] = attempt(lambda: repr(clone(build()).get_params()) == repr(build().get_params()))
    if refuses_new:
        passed.update(dict.fromkeys(("stable", "own", "learns")))
    else:
        score = lambda m, rows: np.asarray(m.decision_function(rows), dtype=float).ravel()
        elsewhere = build()
        attempt(lambda: elsewhere.fit(other, other_y))
        passed["stable"] = attempt(lambda: same(score(model, new), score(model, new)))
        passed["own"] = attempt(lambda: same(score(model, new), np.concatenate([score(model, new[i : i + 1]) for i in range(len(new))])))
        passed["learns"] = attempt(lambda: not same(score(model, new), score(elsewhere, new)))
    passed["columns"] = not any(attempt(lambda rows=rows: model.decision_function(rows) is not None) for rows in (np.hstack([new, new]), new[:, :-1]))
    passed["pickle"] = attempt(lambda: same(pickle.loads(pickle.dumps(model)).decision_scores_.astype(float).ravel(), got))
    return passed


def raw(card, seed: int = 0, columns: int = 8):
    """A builder of the wrapped class as its own library has it, seeded where it takes a seed."""
    module, _, cls = card.wraps.partition(":")
    if module.startswith("pynomaly."):  # repaired here: theirs is under the same name
        module = f"pyod.models.{card.name.removeprefix('pyod.')}"
    with isolated():
        kind = getattr(importlib.import_module(module), cls)
    given = {key: value for key, value in detector(card.name, **QUICK.get(card.name, {})).get_params(deep=False).items() if key not in ("wraps", "random_state")}
    names = kind.__init__.__code__.co_varnames

    def build():
        own = {key: value for key, value in given.items() if key in names}
        if "random_state" in names:
            own["random_state"] = seed
        if "n_features" in names:
            own["n_features"] = columns if card.name != "mad" else 1
        if card.name == "lscp":
            from pyod.models.lof import LOF

            own["detector_list"] = [LOF(n_neighbors=k) for k in (10, 20, 30)]
        return kind(**own)

    return build


def line(card, X, y) -> dict[str, str]:
    """One row of the table."""
    if card.missing:
        return {"detector": card.name, "passed": f"not measured: needs {', '.join(card.missing)}"}
    if card.name == "mad":
        X = X[:, :1]
    train, new = np.ascontiguousarray(X[:300]), np.ascontiguousarray(X[300:306])
    other, labels = train[::-1] * 2.0 + 1.0, (y[:300] if card.supervised else None)
    reverse = labels[::-1] if labels is not None else None
    seed = {"random_state": 0} if card.random else {}
    build = lambda: detector(card.name, **QUICK.get(card.name, {}), **seed)
    started = time.perf_counter()
    try:
        fitted = build().fit(train, labels)
        seconds = time.perf_counter() - started
        passed = examine(build, train, labels, new, other, reverse, not card.scores_new_rows)
    except Exception as error:  # a detector that cannot be fitted here is a line that says so
        return {"detector": card.name, "passed": "", "failed": f"❌ fit: {type(error).__name__}: {str(error)[:120]}"}
    wrong = [name for name, held in passed.items() if held is False]
    if "pyod" in (card.wraps or ""):
        try:
            bare = [name for name, held in examine(raw(card), train, labels, new, other, reverse).items() if held is False]
            unwrapped = ", ".join(bare) or "all pass"
        except Exception as error:
            unwrapped = f"fails: {type(error).__name__}"
    else:
        unwrapped = ""
    return {
        "detector": card.name,
        "passed": f"{sum(held is True for held in passed.values())} of {sum(held is not None for held in passed.values())}",
        "failed": ("❌ " + ", ".join(wrong)) if wrong else "",
        "new rows": card.new_rows,
        "AUROC": f"{roc_auc_score(y[:300], fitted.decision_scores_):.2f}",
        "fit, s": f"{seconds:.2f}",
        "the library alone fails": unwrapped,
    }


def hard_line(card) -> str:
    """One row of the table of hard tables: what the detector refuses, and on what the library alone breaks."""
    if card.missing:
        return f"| {card.name} | not measured: needs {', '.join(card.missing)} | |"
    subject = contract.Subject(card)
    refused, broken = [], []
    for name in contract.HARD:
        try:
            if contract.withstands(subject, name):
                refused.append(f"{name};")
        except AssertionError as error:
            refused.append(f"❌ {name}: {str(error)[:80]};")
        if "pyod" in (card.wraps or "") and not withstands_alone(card, subject, name):
            broken.append(f"{name};")
    return f"| {card.name} | {'refuses ' if refused else ''}{' '.join(refused)} | {' '.join(broken)} |"


def _late(*_) -> None:
    raise TimeoutError(f"not done after {PATIENCE} seconds")


def withstands_alone(card, subject, name: str) -> bool:
    """Whether the wrapped library's own class gives finite scores of a hard table."""
    X = subject.shaped(contract.HARD[name][1])
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(PATIENCE)
    try:
        with isolated(seed=0, torch="torch" in card.needs):
            model = raw(card, columns=X.shape[1])()
            labels = subject.labels(len(X))
            scores = [(model.fit(X) if labels is None else model.fit(X, labels)).decision_scores_, model.decision_function(X[:2])]
    except Exception:  # of any kind: the table says on which data
        return False
    finally:
        signal.alarm(0)
    return all(np.isfinite(np.asarray(one, dtype=float)).all() and np.abs(np.asarray(one, dtype=float)).max() < 1e300 for one in scores)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="measure only these; the other rows of FILE are kept")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "conformance.md")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    if importlib.util.find_spec("torch") is not None:
        importlib.import_module("torch").set_num_threads(1)  # the networks are tiny: more threads only wait for each other
    X, y, told = data(asked.data)
    heads = ["detector", "passed", "failed", "new rows", "AUROC", "fit, s", "the library alone fails"]
    before = asked.out.read_text(encoding="utf-8").splitlines() if asked.names and asked.out.is_file() else []
    table, hard = (["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)] for names in (heads, ["detector", "refuses", "the library alone breaks on"]))
    for name in CARDS:
        kept = [told for told in before if told.startswith(f"| {name} | ")]
        if len(kept) == 2 and name not in asked.names:
            table.append(kept[0])
            hard.append(kept[1])
            continue
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            row = line(CARDS[name], X, y)
            hard.append(hard_line(CARDS[name]))
        table.append("| " + " | ".join(row.get(head, "").replace("|", "\\|") for head in heads) + " |")
        print(table[-1], hard[-1], sep="\n", file=sys.stderr)
    text = "\n".join(
        [
            "# Conformance of the detectors", "",
            f"Generated by `tools/conformance.py` on {told}; PyOD {pyod.version.__version__}, scikit-learn {sklearn.__version__}, NumPy {np.__version__}.", "",
            "Each detector, ours or wrapped, is put through the same checks:", "", *[f"- **{name}**: {meaning}." for name, meaning in LABELS.items()], "",
            "A detector that refuses new rows is not asked about them; its card says why. Networks had few epochs, so their AUROC says little. The last",
            "column names the checks that the wrapped library's own class fails on the same data and seed.", "", *table, "",
            "## Hard tables", "",
            "A detector gives finite scores of each of these, or refuses it with one sentence that names the way out:", "",
            *[f"- **{name}**: {told}." for name, (told, _) in contract.HARD.items() if not name.endswith("rows")],
            "- **2 rows** to **10 rows**: so few rows, three columns.", "",
            "The second column lists what is refused. The last lists the tables on which the wrapped library's own class raises an error of its own or gives",
            "scores that are not finite, when it is fitted and then asked for the scores of the first two rows; cd, pyod.cof and sod of PyOD cannot score two rows alone.", "",
            *hard, "",
        ]
    )  # fmt: skip
    asked.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
