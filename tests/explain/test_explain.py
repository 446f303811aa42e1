"""Explanations of detectors, in the user's columns."""

import numpy as np
import pandas as pd
import pytest

import pynomaly as pyn
from pynomaly.errors import ParameterError


@pytest.fixture(scope="module")
def planted():
    """300 rows of which row 7 is far out in `b` alone, and row 11 has a colour of its own."""
    rng = np.random.default_rng(5)
    frame = pd.DataFrame({"a": rng.normal(size=300), "b": rng.normal(size=300), "colour": rng.choice(["red", "blue"], 300)})
    frame.loc[7, "b"] = 9.5
    frame.loc[11, "colour"] = "ochre"
    return frame


@pytest.mark.parametrize("name", ["ecod", "hbos", "pca", "iforest"])
def test_exact_explanations_add_up_and_find_the_column(planted, name):
    found = pyn.detect(planted, name, contamination=0.02)
    why = found.explain([7, 0, 11])
    assert why.method == "exact" and why.columns == found.columns and why.values.shape == (3, 3)
    assert why.columns[int(np.argmax(why.values[0]))] == "b"
    total = why.base + why.values.sum(1)
    expected = np.log2(why.scores) if "log2" in why.rule else why.scores
    assert np.allclose(total, expected, atol=1e-9)


def test_the_odd_category_is_named(planted):
    why = pyn.detect(planted, "ecod", contamination=0.02).explain(11)
    assert why.columns[int(np.argmax(why.values[0]))] == "colour" and "ochre" in str(why)


@pytest.mark.parametrize("name", ["knn", "lof"])
def test_sampled_explanations_add_up_and_state_their_error(planted, name):
    found = pyn.detect(planted, name, contamination=0.02)
    why = found.explain(7, budget=1500)
    assert "Shapley" in why.method and why.stderr is not None and why.stderr.shape == (1, 3)
    assert np.isclose(why.base + why.values.sum(), found.model.decision_function(found.matrix.values[[7]])[0])
    assert why.columns[int(np.argmax(why.values[0]))] == "b"
    assert "stderr" in why.frame().columns


def test_default_rows_are_the_flagged_ones(planted):
    found = pyn.detect(planted, "ecod", contamination=0.02)
    assert found.explain().rows.tolist() == found.order[: found.n_flagged].tolist()


def test_rows_are_headed_by_what_the_user_calls_them_and_by_their_position(planted):
    named = pd.DataFrame(planted).set_axis([f"r-{i}" for i in range(len(planted))])
    assert str(pyn.detect(named, "ecod").explain([7, 3])).startswith("r-7 (row 7): score ")
    assert "\nrow 3: score " in str(pyn.detect(planted, "ecod").explain([7, 3]))


def test_told_in_words(planted):
    why = pyn.detect(planted, "ecod", contamination=0.02).explain(7)
    first = why.sentences(0, 1)[0]
    assert first.startswith("+") and "b = 9.5" in first and "typical" in first
    frame = why.frame()
    assert list(frame.columns) == ["row", "id", "column", "value", "typical", "contribution"] and len(frame) == 3
    assert repr(why).startswith("Explanation of 1 row, exact")
    assert len(pyn.detect(planted, "ecod").explain(np.arange(40))) == 40
    assert repr(pyn.detect(planted, "ecod").explain(np.arange(40))).endswith("…")


def test_what_cannot_be_served(planted):
    found = pyn.detect(planted, "knn")
    with pytest.raises(ParameterError, match="has no exact contributions"):
        found.explain(0, method="exact")
    with pytest.raises(ParameterError, match="did you mean 'shapley'"):
        found.explain(0, method="shaply")
    with pytest.raises(ParameterError, match="row 300 does not exist"):
        found.explain(300)


def test_sampling_agrees_with_exact(planted):
    found = pyn.detect(planted, "ecod", contamination=0.02)
    exact, sampled = found.explain(7), found.explain(7, method="shapley", budget=4000)
    assert np.abs(exact.values - sampled.values).max() < 0.6
