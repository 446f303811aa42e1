"""Every detector in the registry, ours and adapted, through one suite: tools/contract.py says what is asked."""

import importlib.util
import sys
from functools import cache
from pathlib import Path

import pytest

from pynomaly.detectors.registry import card, detectors

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("contract", ROOT / "tools" / "contract.py")
contract = sys.modules.setdefault("contract", importlib.util.module_from_spec(spec))
spec.loader.exec_module(contract)

NAMES = [name for name, installed in detectors()["installed"].items() if installed]
OURS = [name for name in NAMES if card(name).wraps is None]

subject = cache(contract.Subject.of)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Networks of forty rows: more threads only wait for each other."""
    if importlib.util.find_spec("torch") is None:
        yield
        return
    torch = importlib.import_module("torch")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize("promise", contract.PROMISES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore")
def test_promise(name, promise):
    contract.PROMISES[promise](subject(name))


@pytest.mark.parametrize("table", contract.HARD)
@pytest.mark.parametrize("name", NAMES)
def test_hard_table(name, table):
    """Finite scores, or a refusal in one sentence."""
    contract.withstands(subject(name), table)


@pytest.mark.parametrize("name", OURS)
def test_our_own_refuse_only_what_the_documentation_says(name):
    lines = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8").splitlines()
    told = next((line for line in lines if line.startswith(f"| {name} | refuses ")), "")
    for table in contract.HARD:
        assert not contract.withstands(subject(name), table) or f"{table};" in told, f"run tools/conformance.py: {name} refuses {table}"


def test_the_checks_can_fail():
    """Detectors that break a promise are caught."""
    import numpy as np

    from pynomaly.detectors.base import Detector
    from pynomaly.detectors.card import Card

    class Careless(Detector):
        def _fit(self, X):
            X[:1] += 1.0
            self.count = 0
            return self._score(X)

        def _score(self, X):
            self.count += 1
            return np.random.rand(len(X)) + X.mean() + self.count

    class Broken(Detector):
        def _fit(self, X):
            return np.array([1 / len(X[:1][X[:1] > 1e9])] * len(X))

    careless = contract.Subject(Card("careless", "t", "f", "s", "s", "c", "a:b"))
    object.__setattr__(careless, "build", lambda **more: Careless(**more))
    object.__setattr__(careless, "settings", {})
    for promise in ("contract", "seed", "alone", "layouts"):
        with pytest.raises(AssertionError):
            contract.PROMISES[promise](careless)
    broken = contract.Subject(Card("broken", "t", "f", "s", "s", "c", "a:b"))
    object.__setattr__(broken, "build", lambda **more: Broken(**more))
    with pytest.raises(ZeroDivisionError):
        contract.withstands(broken, "ties")
