"""Options, progress bars, whole files, nearest names."""

import pytest

import pynomaly as pyn
from pynomaly.errors import DataError, ParameterError, nearest
from pynomaly.files import check_place, replacing
from pynomaly.progress import progress
from pynomaly.session import Options, options


def test_options_refuse_and_restore():
    with pytest.raises(ParameterError, match="did you mean 'static'"):
        options.output = "statc"
    with options.using(output="live", progress=False):
        assert (options.output, options.progress) == ("live", False)
    assert repr(options) == "Options(output='auto', progress=True)"
    assert pyn.options is options
    assert Options(output="static").output == "static"


def test_options_are_put_back_after_an_error():
    with pytest.raises(ParameterError), options.using(progress=False, output="nonsense"):
        pass
    assert options.progress is True


def test_a_bar_appears_only_for_long_work(capsys, monkeypatch):
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TTY_INTERACTIVE", "1")
    with progress(10, "Quick") as step:
        step(10)
    assert capsys.readouterr().err == ""
    with progress(10, "Slow", patience=-1.0) as step:
        step(4)
        step(5)
    captured = capsys.readouterr()
    assert "Slow" in captured.err
    assert captured.out == ""


def test_no_bar_in_a_log(capsys):
    with progress(10, "Slow", patience=-1.0) as step:
        step(4)
        step(5)
    assert capsys.readouterr().err == ""


def test_no_bar_when_switched_off(capsys):
    with options.using(progress=False), progress(10, "Slow", patience=-1.0) as step:
        step(4)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_an_interrupted_write_leaves_the_old_file(tmp_path, error):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(error), replacing(tmp_path / "a.txt") as half:
        half.write_text("ne")
        raise error
    assert (tmp_path / "a.txt").read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_places_that_cannot_be(tmp_path):
    with pytest.raises(DataError, match="it is a folder"):
        check_place(tmp_path)
    with pytest.raises(DataError, match="does not exist"):
        check_place(tmp_path / "no" / "a.txt")


def test_nearest():
    assert nearest("Amont", ["amount", "city"]) == "did you mean 'amount'?"
    assert nearest("zzz", [f"c{i}" for i in range(15)]).endswith("and 3 more")


def test_public_names_are_there_and_lazy():
    for name in pyn.__all__:
        assert getattr(pyn, name) is not None
    assert set(pyn.__all__) <= set(dir(pyn))
    with pytest.raises(AttributeError, match="detekt"):
        pyn.detekt  # noqa: B018
