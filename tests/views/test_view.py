"""A result finds its view by name, and only pages are saved from it."""

import pytest

from pynomaly.errors import ParameterError
from pynomaly.viewer import Shown
from pynomaly.views.view import view_of


def test_a_thing_without_a_view_is_told():
    with pytest.raises(TypeError, match="int has no view: its `shows` is None, and must be one of explorer"):
        view_of(3)


def test_only_pages_are_saved(tmp_path):
    with pytest.raises(ParameterError, match=r"must end in \.html"):
        Shown().save(tmp_path / "a.png")


def test_a_view_says_what_it_is_without_scripts(found):
    view = view_of(found)
    assert view.module == "explorer" and len(view.plain.lines) == 10 and all(len(line) == len(view.plain.heads) for line in view.plain.lines)
