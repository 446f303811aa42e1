"""Scores in a file answer as scores in memory do."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pynomaly.thresholds.stored import StoredScores
from pynomaly.thresholds.threshold import threshold

FLOATS = st.floats(-1e12, 1e12) | st.integers(-3, 3).map(float) | st.sampled_from([0.0, -0.0, 5e-324, -1e-300])


def stored(values, pieces=3):
    scores = StoredScores()
    scores.BLOCK = 7  # several blocks even in small examples
    for piece in np.array_split(np.asarray(values, dtype=float), pieces):
        scores.append(piece)
    return scores


@settings(max_examples=150, deadline=None)
@given(values=st.lists(FLOATS, min_size=1, max_size=60), share=st.floats(0.001, 0.499), budget=st.integers(0, 70))
def test_every_rule_cuts_where_it_cuts_an_array(values, share, budget):
    held, scores = np.array(values), stored(values)
    assert threshold(scores, share) == threshold(held, share)
    assert threshold(scores) == threshold(held)
    assert threshold(scores, budget=budget) == threshold(held, budget=budget)
    assert scores.quantiles([share, 0.5]) == np.quantile(held, [share, 0.5]).tolist()
    assert scores.at_ranks(list(range(len(held)))) == np.sort(held).tolist()
    assert scores.count_from(held).tolist() == [int((held >= one).sum()) for one in held]


def test_it_can_be_read_copied_and_pickled():
    scores = stored(range(20))
    assert len(scores) == 20 and scores.part(18, 30).tolist() == [18.0, 19.0]
    assert np.array_equal(np.concatenate([block for _, block in scores.blocks()]), np.arange(20.0))
    for other in (pickle.loads(pickle.dumps(scores)), copy.copy(scores)):
        other.append(np.array([99.0]))
        assert len(other) == 21 and len(scores) == 20 and other.around(50.0) == (1, 99.0, 19.0)
    assert len(pickle.loads(pickle.dumps(StoredScores()))) == 0


def test_it_leaves_no_file_behind(tmp_path):
    scores = StoredScores(str(tmp_path))
    scores.append(np.arange(1000.0))
    del scores
    assert not list(tmp_path.iterdir())


def test_the_folder_must_be_there(tmp_path):
    with pytest.raises(OSError):
        StoredScores(str(tmp_path / "none"))
