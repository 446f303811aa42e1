"""Places where no file can be are told in one sentence, whatever is to be written there."""

import os
from pathlib import Path

import numpy as np
import pytest

import pynomaly as pyn
from pynomaly.errors import DataError, ParameterError
from pynomaly.files import LONGEST, check_place, ending, replacing
from pynomaly.tables.write import write

ROWS = {"a": np.arange(40.0) % 7, "b": np.arange(40.0) ** 2}


@pytest.fixture(scope="module")
def found():
    return pyn.detect(ROWS, "ecod")


WAYS = {
    "frame": lambda found, path: found.save(path),
    "view": lambda found, path: found.explain([0, 1]).save(path),
    "verdicts": lambda found, path: found.save_verdicts(path, by="ann"),
    "table": lambda found, path: write(found.frame(), path),
    "report": lambda found, path: pyn.report(ROWS, path),
    "output": lambda found, path: pyn.detect(ROWS, "ecod", output=path),
}
SUFFIX = {"frame": ".csv", "view": ".html", "verdicts": ".json", "table": ".parquet", "report": ".html", "output": ".csv"}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("wrong", [3, True, b"x.html", ["x.html"], None])
def test_what_is_no_path_is_refused_by_every_writer(found, way, wrong):
    if way == "output" and wrong is None:
        return  # nothing is to be written
    with pytest.raises(ParameterError, match="path is .*, but it must be the name of a file"):
        WAYS[way](found, wrong)
    assert not found.verdicts


@pytest.mark.parametrize("way", WAYS)
def test_a_name_that_is_too_long_is_told_by_every_writer(found, way, tmp_path):
    with pytest.raises(DataError, match="the name is 30. bytes long, and a file's has 255 at most"):
        WAYS[way](found, tmp_path / ("a" * 300 + SUFFIX[way]))
    assert not list(tmp_path.iterdir())


def test_the_longest_name_there_may_be_is_written(tmp_path):
    path = tmp_path / ("ä" * 125 + ".html")
    assert len(os.fsencode(path.name)) == LONGEST
    with replacing(path) as half:
        half.write_text("whole")
    assert [one.read_text() for one in tmp_path.iterdir()] == ["whole"] and path.exists()


@pytest.mark.parametrize(
    "path, says",
    [
        ("no/such/folder/a.csv", "'no/such/folder' does not exist; create it first"),
        ("a\0.csv", "null character"),
        ("a/" * 3000 + "a.csv", "too long"),
        ("~nobody-of-that-name/a.csv", "no home folder of that name"),
        (".", "it is a folder"),
    ],
)
def test_places_where_no_file_can_be(path, says):
    with pytest.raises(DataError, match=says):
        check_place(path)


def test_a_folder_that_may_not_be_written_to(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: not (Path(path) == tmp_path and mode == os.W_OK))
    with pytest.raises(DataError, match="may not be written to; give another"):
        check_place(tmp_path / "a.csv")


def test_verdicts_are_not_signed_when_they_cannot_be_saved(found, tmp_path):
    found.set_verdict(3, "normal")
    try:
        with pytest.raises(DataError, match="does not exist"):
            found.save_verdicts(tmp_path / "no" / "v.json", by="ann")
        assert not found.verdicts[3].get("by")
    finally:
        found.replace_verdicts({})


def test_the_ending_of_a_name():
    assert ending("A.CSV") == ".csv" and ending(Path("x/y.tar.gz")) == ".gz" and ending("x") == ""
