"""Every search space names parameters that exist, holds the default, and both ends of it fit."""

import pickle

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.detectors.cards import CARDS
from pynomaly.detectors.spaces import SPACES

QUICK = [name for name in SPACES if CARDS[name].family != "deep"]


def ends(space):
    """The least and the greatest of every parameter, or the first and the last."""
    return [{name: kind[1][at] if kind[0] == "choice" else kind[1 + (at != 0)] for name, kind in space.items()} for at in (0, -1)]


@pytest.mark.parametrize("name", SPACES)
def test_the_default_lies_inside(name):
    card = pyn.card(name)
    assert card.space == SPACES[name] and dict(pickle.loads(pickle.dumps(card)).space) == SPACES[name]
    if card.missing:
        pytest.skip(f"{name} needs {card.missing[0]}")
    defaults = pyn.detector(name).get_params()
    for parameter, kind in SPACES[name].items():
        assert parameter in defaults
        if kind[0] == "choice":
            assert defaults[parameter] in kind[1]
        else:
            assert kind[0] in ("int", "float") and isinstance(kind[3], bool)
            assert kind[1] <= defaults[parameter] <= kind[2] and (kind[1] > 0 or not kind[3])


@pytest.mark.parametrize("name", SPACES)
def test_both_ends_fit(name):
    if pyn.card(name).missing:
        pytest.skip(f"{name} needs {pyn.card(name).missing[0]}")
    X = np.random.default_rng(0).normal(size=(200, 5))
    for params in ends(SPACES[name]):
        if name not in QUICK:  # a network that learns for a moment takes the same parameters
            params = {**params, "epochs": 2}
        assert np.isfinite(pyn.detector(name, **params).fit(X).decision_function(X[:3])).all()


@pytest.mark.parametrize("name", [name for name in SPACES if any(kind[0] == "choice" for kind in SPACES[name].values())])
def test_every_choice_fits(name):
    if pyn.card(name).missing:
        pytest.skip(f"{name} needs {pyn.card(name).missing[0]}")
    X = np.random.default_rng(1).normal(size=(120, 5))
    for parameter, kind in SPACES[name].items():
        for value in kind[1] if kind[0] == "choice" else ():
            more = {} if name in QUICK else {"epochs": 1}
            assert np.isfinite(pyn.detector(name, **{parameter: value}, **more).fit(X).decision_scores_).all()


def test_detectors_without_parameters_have_no_space():
    assert not pyn.card("ecod").space and not pyn.card("copod").space
