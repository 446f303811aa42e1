"""Every parameter of our own detectors is stored as it came, under its own name, whichever base class stores it."""

import importlib
from inspect import signature

import pytest

from pynomaly.detectors.cards_own import OWN


@pytest.mark.parametrize("card", OWN, ids=lambda card: card.name)
def test_parameters_are_stored_as_they_came(card):
    module, name = card.target.split(":")
    cls = getattr(importlib.import_module(module), name)
    given = {name: object() for name, parameter in signature(cls).parameters.items() if parameter.kind is not parameter.VAR_KEYWORD}
    given["contamination"] = 0.1  # PyOD looks at this one at once
    assert cls(**given).get_params(deep=False) == given
