"""A fit that cannot fit is answered in one sentence, before it is tried."""

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.detectors import memory
from pynomaly.detectors.base import Detector
from pynomaly.detectors.card import Card
from pynomaly.detectors.cards import ADDED, CARDS, known_card
from pynomaly.detectors.memory import check_memory, estimate, free_memory
from pynomaly.errors import DataError, ParameterError, TooLargeError

GIB = 2**30


class Square(Detector):
    """Needs n squared."""

    def _fit(self, X):
        return X[:, 0]


@pytest.fixture
def little(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: GIB)


@pytest.mark.parametrize("name", [name for name, card in CARDS.items() if card.memory and not card.missing])
def test_every_formula_is_one_and_grows(name):
    values = pyn.detector(name).get_params(deep=False)
    few, many = (estimate(CARDS[name].memory, {**values, "n": n, "d": 10}) for n in (1_000, 1_000_000))
    assert 0 <= few <= many < 1e16


@pytest.mark.parametrize(
    ("formula", "values", "bytes_"),
    [
        ("8 * n * d", {"n": 3, "d": 2}, 48),
        ("(n + 2)**2 / 4 - 1", {"n": 2}, 3),
        ("max(n, 7) if k is None else min(n, k)", {"n": 5, "k": None}, 7),
        ("max(n, 7) if k is None else min(n, k)", {"n": 5, "k": 3}, 3),
        ("1 if k <= 2 else 2 if k < 4 else 3", {"k": 3}, 2),
        ("1 if how == 'fast' else 2", {"how": "slow"}, 2),
    ],
)
def test_formulas(formula, values, bytes_):
    assert estimate(formula, values) == bytes_


@pytest.mark.parametrize("formula", ["print(n)", "n.real", "[n]", "unknown * 2", "n if n > 2 else 1", "max(n, key=1)"])
def test_a_formula_that_is_none_is_refused(formula):
    with pytest.raises(ParameterError, match="memory formula"):
        estimate(formula, {"n": 1})


def test_the_sentence_names_everything_and_the_way_out(little):
    with pytest.raises(TooLargeError, match=r"kpca needs about 232\.8 GiB for 100,000 rows, and 1\.0 GiB are free: .*detect\(\.\.\., sample=2000\).*max_rows=2000"):
        check_memory(pyn.detector("kpca"), 100_000, 10)
    with pytest.raises(TooLargeError, match="sos needs about .* cannot score rows it has not learned from, so take another detector, for example 'lof'"):
        check_memory(pyn.detector("sos"), 100_000, 10)
    with pytest.raises((DataError, MemoryError)):
        pyn.detector("kpca").fit(np.zeros((20_000, 1)))


def test_what_fits_or_asks_nothing_goes_on(little):
    check_memory(pyn.detector("kpca"), 2_000, 10)
    check_memory(pyn.detector("kpca", sampling=True, subset_size=500), 10**6, 10)
    check_memory(pyn.detector("iforest"), 10**9, 10)
    check_memory(Square(), 10**9, 10)


def test_cards_of_other_packages_count(little, monkeypatch):
    card = Card("test.square", "Square", "distance", "an example, 2000", "Square.", "fit n^2", f"{__name__}:Square", memory="8 * n**2")
    monkeypatch.setitem(ADDED, card.name, card)
    assert known_card(Square()) is card
    with pytest.raises(TooLargeError, match="test.square needs about 3.0 GiB for 20,000 rows"):
        Square().fit(np.zeros((20_000, 1)))
    assert Square().fit(np.arange(4.0).reshape(-1, 1)).decision_scores_.tolist() == [0, 1, 2, 3]


def test_the_sample_offered_is_the_smallest_where_none_fits(monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: 1000)
    with pytest.raises(TooLargeError, match="sample=200"):
        check_memory(pyn.detector("kpca"), 10**6, 3)


def test_free_memory_is_that_of_the_machine_or_less():
    import psutil

    assert 0 < free_memory() <= psutil.virtual_memory().total


def test_the_container_has_its_own_limit(tmp_path):
    own = tmp_path / "own"
    group = tmp_path / "root" / "a" / "b"
    group.mkdir(parents=True)
    own.write_text("0::/a/b\n")
    left = memory._left_by_containers
    assert left(tmp_path / "root", own) == []
    (group / "memory.max").write_text("1000\n")
    (group / "memory.current").write_text("700\n")
    assert left(tmp_path / "root", own) == [300]
    (group / "memory.stat").write_text("anon 5\ninactive_file 50\n")
    (group.parent / "memory.max").write_text("max\n")
    (group.parent / "memory.current").write_text("700\n")
    assert left(tmp_path / "root", own) == [350]
    assert left(tmp_path / "root", tmp_path / "none") == []
    first = tmp_path / "root" / "memory"
    first.mkdir()
    (first / "memory.limit_in_bytes").write_text("900")
    (first / "memory.usage_in_bytes").write_text("800")
    assert left(tmp_path / "root", own) == [100]
    (first / "memory.usage_in_bytes").unlink()
    assert left(tmp_path / "root", own) == []
