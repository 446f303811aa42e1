"""Flagged rows are gathered and their kinds told, for tables at hand, new rows and tables larger than memory."""

import numpy as np
import polars as pl
import pytest

import pynomaly as pyn
from pynomaly.detection import gathered
from pynomaly.detection.stream import ON_SHOW
from pynomaly.errors import ParameterError

ROWS = 300


def usual(rows=ROWS, seed=0):
    rng = np.random.default_rng(seed)
    return pl.DataFrame({"name": [f"R{seed}-{i}" for i in range(rows)], "amount": rng.normal(100, 10, rows), "age": rng.normal(40, 5, rows), "land": np.array(["A", "B"])[rng.integers(0, 2, rows)]})


def odd(seed=1):
    """Four alike with a large amount, one from nowhere."""
    rng = np.random.default_rng(seed)
    return pl.DataFrame({"name": [f"odd{i}" for i in range(5)], "amount": [*rng.normal(900, 2, 4), 100.0], "age": [*rng.normal(40, 1, 4), 40.0], "land": ["A", "A", "A", "A", "Z"]})


@pytest.fixture(scope="module")
def found():
    return pyn.detect(pl.concat([usual(), odd()]), budget=5)


def test_all_flagged_rows_are_in_one_group_each(found):
    made = found.groups()
    assert sorted(int(row) for one in made for row in one.rows) == list(range(ROWS, ROWS + 5)) and made.left_out == 0
    assert made[0].rows.size == 4 and "amount far above typical" in made[0].sentence
    assert list(made.severity) == found.severity[made.why.rows].tolist()
    assert [one.row for one in made.kinds] == made.why.rows.tolist() and set(made.usual) == set(found.columns)
    assert len(found.groups(1)) == 1 and len(found.groups(n=2)) == 2


def test_kinds_are_of_the_flagged_rows_unless_some_are_asked_for(found):
    made = found.kinds()
    assert [one.row for one in made] == found.order[:5].tolist() and made.left_out == 0
    assert {one.row: one.kind for one in made}[ROWS] == "collective"
    alone = found.kinds(ROWS)[0]
    assert alone == next(one for one in made if one.row == ROWS)  # whoever else is asked about
    assert found.kinds(id="odd4")[0].evidence == "land is Z, as in no unflagged row"
    assert [one.row for one in found.kinds(np.arange(len(found)) == ROWS + 4)] == [ROWS + 4]
    assert "critical" in found.kinds().severity or set(made.severity) <= {"critical", "high", "medium", "low"}


def test_how_many_rows_are_looked_at_is_told(found, monkeypatch):
    monkeypatch.setattr(gathered, "MANY", 3)
    assert found.groups().left_out == 2 and "2 flagged rows with lower scores were not looked at" in repr(found.groups())
    assert found.kinds().left_out == 2 and "2 flagged rows with lower scores were not looked at" in repr(found.kinds())
    assert found.kinds([ROWS, ROWS + 1]).left_out == 0


def test_sampled_explanations_are_of_few_rows(monkeypatch):
    monkeypatch.setattr(gathered, "FEW", 2)
    found = pyn.detect(pl.concat([usual(60), odd()]), "knn", budget=5)
    assert not found.explains_exactly
    made = found.groups()
    assert len(made.why) == 2 and made.left_out == 3


def test_bad_questions_get_one_sentence(found):
    with pytest.raises(ParameterError, match="row 7 is not flagged: its score .* is not above the threshold .*explain\\(7\\)"):
        found.kinds([ROWS, 7])
    with pytest.raises(ParameterError, match="row 999 does not exist"):
        found.kinds(999)
    with pytest.raises(ParameterError, match="no row is called 'odd9'"):
        found.kinds(id="odd9")
    with pytest.raises(ParameterError, match="no row was asked for"):
        found.kinds([])
    with pytest.raises(ParameterError, match="number of groups between 1 and the 5 rows"):
        found.groups(6)
    calm = pyn.detect(usual(100), "ecod", budget=1)
    calm.threshold = float(calm.scores.max())
    for ask in (calm.groups, calm.kinds):
        with pytest.raises(ParameterError, match="no row is flagged at this threshold"):
            ask()


def test_new_rows_are_held_against_the_rows_learned_from():
    learned = pyn.detect(usual(), budget=3)
    new = learned.score(odd())
    assert new.flags.all()
    made = new.kinds()
    by_row = {one.row: one for one in made}
    assert sorted(by_row) == [0, 1, 2, 3, 4] and made.why.rows.tolist() == new.order.tolist()
    assert by_row[0].kind == "collective" and by_row[4].evidence == "land is Z, as in no unflagged row"
    groups = new.groups()
    assert sum(len(one.rows) for one in groups) == 5 and {one.row for one in groups.kinds} == set(range(5))


def test_a_table_larger_than_memory_is_told_by_the_rows_on_show(tmp_path, monkeypatch):
    assert ON_SHOW > 50
    monkeypatch.setattr("pynomaly.detection.stream.ON_SHOW", 50)
    monkeypatch.setattr(gathered, "MANY", 4)
    pl.concat([usual(800), odd()]).write_parquet(tmp_path / "rows.parquet")
    found = pyn.detect(tmp_path / "rows.parquet", "pca", budget=5, memory=1e-6)
    assert found.total == 805 and len(found) < 805
    made = found.groups()
    assert made.left_out == found.n_flagged - 4 and sum(len(one.rows) for one in made) == 4
    assert len(found.kinds()) == 4


def test_mixed_tables_are_told(shared_data):
    found = pyn.detect(shared_data / "mixed" / "taxis.csv")
    made = found.groups()
    assert sum(len(one.rows) for one in made) == found.n_flagged and any("are mostly missing" in one.sentence for one in made)
    assert len(found.kinds()) == found.n_flagged
