"""Tables on disk that are walked through: one Parquet file, folders of parts."""

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pynomaly.errors import DataError, ParameterError
from pynomaly.tables.survey import survey
from pynomaly.tables.parts import open_parts
from pynomaly.tables.read import read

FRAME = pl.DataFrame({"row": range(30), "x": np.linspace(0, 1, 30) ** 2, "city": ["Oslo", "Rome", "Bern"] * 10})


def write(folder, pieces, suffix=".parquet"):
    folder.mkdir(exist_ok=True)
    for i, piece in enumerate(pieces):
        path = folder / f"part-{i}{suffix}"
        piece.write_parquet(path) if suffix == ".parquet" else piece.write_csv(path)
    return folder


def test_a_folder_of_parts_is_the_one_table(tmp_path):
    folder = write(tmp_path / "parts", [FRAME[2 * i : 2 * i + 2] for i in range(15)])  # part-10 comes after part-9
    FRAME.write_parquet(tmp_path / "one.parquet")
    parts, one = open_parts(folder), open_parts(str(tmp_path / "one.parquet"))
    assert parts.n == one.n == 30 and parts.columns == ("row", "x", "city") and parts.size == 8 * 90
    assert parts.whole().frame.equals(FRAME) and one.whole().frame.equals(FRAME)
    assert read(folder).fingerprint == read(tmp_path / "one.parquet").fingerprint and read(folder).name == "parts"
    batches = list(parts.batches(["city", "row"], rows=3))
    assert [start for start, _ in batches] == list(range(0, 30, 2)) and batches[4][1].frame.equals(FRAME[8:10].select("city", "row"))


def test_parts_of_csv(tmp_path):
    folder = write(tmp_path / "csv", np.array([FRAME[:7], FRAME[7:20], FRAME[20:]], dtype=object), ".csv")
    assert open_parts(folder).n == 30 and open_parts(folder).schema is None
    FRAME.write_csv(tmp_path / "one.csv")
    assert open_parts(tmp_path / "one.csv") is None
    whole, one = read(folder), read(tmp_path / "one.csv")
    assert whole.frame.equals(one.frame) and whole.kinds == one.kinds
    semicolons = tmp_path / "semi"
    semicolons.mkdir()
    for i in range(2):
        (semicolons / f"{i}.csv").write_text("a;b\n1,5;x\n2,5;y\n3,5;x\n")
    assert read(semicolons, delimiter=";").kinds["a"] == "number"


def test_empty_parts_and_parts_without_values(tmp_path):
    table = pa.table({"x": pa.array([1.5, 2.5]), "c": ["a", "b"]})
    empty = pa.table({"x": pa.array([], pa.null()), "c": pa.array([], pa.null())})
    nulls = pa.table({"x": pa.nulls(3), "c": pa.nulls(3)})
    for i, part in enumerate((nulls, table, empty, table, nulls)):
        pq.write_table(part, tmp_path / f"{i}.parquet")
    parts = open_parts(tmp_path)
    assert parts.n == 10 and parts.repairs[0].message == "1 part has no rows."
    assert parts.whole().frame["x"].null_count() == 6 and parts.whole().frame.schema["c"] == pl.String
    for old in tmp_path.iterdir():
        old.unlink()
    pq.write_table(empty, tmp_path / "only.parquet")
    for call in (lambda: open_parts(tmp_path).whole(), lambda: survey(open_parts(tmp_path), 5), lambda: read(tmp_path)):
        with pytest.raises(DataError, match="has no rows"):
            call()


@pytest.mark.parametrize(
    ("other", "says"),
    [
        (pl.DataFrame({"row": [1], "x": ["a"], "city": ["b"]}), "Column 'x' is large_string in 'part-1.parquet' and double in 'part-0.parquet'"),
        (pl.DataFrame({"row": [1], "x": [1.0]}), "'part-1.parquet' has no column 'city', which 'part-0.parquet' has"),
        (FRAME.with_columns(z=1), "'part-1.parquet' has a column 'z' more than 'part-0.parquet'"),
    ],
)
def test_parts_that_do_not_go_together(tmp_path, other, says):
    with pytest.raises(DataError, match=says):
        open_parts(write(tmp_path / "parts", [FRAME, other]))


def test_parts_of_csv_that_do_not_go_together(tmp_path):
    with pytest.raises(DataError, match="has no column 'city'"):
        open_parts(write(tmp_path / "a", [FRAME, FRAME.drop("city")], ".csv"))
    with pytest.raises(DataError, match="in another order"):
        open_parts(write(tmp_path / "b", [FRAME, FRAME.select("x", "row", "city")], ".csv"))


def test_parquet_columns_may_come_in_any_order(tmp_path):
    parts = open_parts(write(tmp_path / "p", [FRAME[:9], FRAME[9:].select("city", "row", "x")]))
    assert parts.whole().frame.equals(FRAME)


def test_folders_that_are_no_table(tmp_path):
    (tmp_path / "none").mkdir()
    with pytest.raises(DataError, match="it holds no files"):
        open_parts(tmp_path / "none")
    (tmp_path / "year=2020").mkdir()
    (tmp_path / "outer").mkdir()
    (tmp_path / "outer" / "year=2020").mkdir()
    with pytest.raises(DataError, match="it holds folders \\('year=2020'\\)"):
        open_parts(tmp_path / "outer")
    (tmp_path / "outer" / "notes.md").write_text("x")
    mixed = write(tmp_path / "mixed", [FRAME])
    (mixed / "_SUCCESS").write_text("")
    (mixed / "notes.md").write_text("x")
    assert "'notes.md' in the folder 'mixed' is no part" in open_parts(mixed).repairs[0].message
    FRAME.write_csv(mixed / "z.csv")
    with pytest.raises(DataError, match="must be of one format"):
        open_parts(mixed)
    other = tmp_path / "other"
    other.mkdir()
    FRAME.write_ndjson(other / "a.ndjson")
    with pytest.raises(DataError, match="must be Parquet or CSV"):
        open_parts(other)
    with pytest.raises(ParameterError, match="is a folder of parts"):
        read(other, sheet=1)


def test_what_is_damaged(tmp_path):
    folder = write(tmp_path / "p", [FRAME[:9], FRAME[9:]])
    data = (folder / "part-1.parquet").read_bytes()
    parts = open_parts(folder)
    (folder / "part-1.parquet").write_bytes(data[:-20])
    with pytest.raises(DataError, match="'part-1.parquet' is a damaged Parquet file"):
        open_parts(folder)
    with pytest.raises(DataError, match="'part-1.parquet' is a damaged Parquet file"):
        parts.whole()
    FRAME.write_parquet(folder / "part-1.parquet")
    with pytest.raises(DataError, match="had 21 rows when it was opened and has 30 now"):
        parts.whole()


def test_other_sources_are_not_parts(tmp_path):
    (tmp_path / "wrong.parquet").write_text("a,b\n1,2\n")
    for source in (FRAME, "https://x.org/a.parquet", "a,b\n1,2", "a\0b", " ", tmp_path / "none.parquet", tmp_path / "wrong.parquet", b"PAR1"):
        assert open_parts(source) is None
    FRAME.write_parquet(tmp_path / "one.parquet")
    with pytest.raises(ParameterError, match="delimiter=';' is for text files"):
        open_parts(tmp_path / "one.parquet", delimiter=";")


@settings(max_examples=30, deadline=None)
@given(pieces=st.integers(1, 6), rows=st.integers(1, 40), batch=st.integers(1, 40), seed=st.integers(0, 9))
def test_a_draw_depends_on_the_seed_alone(tmp_path_factory, pieces, rows, batch, seed):
    folder = write(tmp_path_factory.mktemp("draw") / "p", [FRAME[list(i)] for i in np.array_split(range(30), pieces)])
    found, other = survey(open_parts(folder), rows, seed, batch), survey(open_parts(folder), rows, seed)
    assert np.array_equal(found.rows, other.rows) and found.sample.frame.equals(FRAME[found.rows])
    assert len(found.rows) == min(rows, 30) and found.running == other.running == ("row",)


@pytest.mark.parametrize(
    ("values", "running"),
    [
        (range(10, 40), True), (range(60, 0, -2), True), ([1] * 30, False), ([*range(29), 5], False), ([*range(15), *range(16, 31)], False),
        ([None, *range(29)], False), ([str(i) for i in range(30)], True), (["a"] * 30, False), (np.arange(30.0), False),
        (np.arange(30, dtype=np.uint64) + np.uint64(2**64 - 40), False),
    ],
)  # fmt: skip
def test_running_numbers(tmp_path, values, running):
    frame = pl.DataFrame({"k": pl.Series(values if isinstance(values, np.ndarray) else list(values)), "x": FRAME["x"]})
    folder = write(tmp_path / "p", [frame[:13], frame[13:]])
    assert survey(open_parts(folder), 5, batch_rows=4).running == (("k",) if running else ())
