"""Files of every format, by content; paths, URLs and open files."""

import gzip
import io
import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from pynomaly.errors import ColumnError, DataError, ParameterError
from pynomaly.tables.fetch import fetch, from_url
from pynomaly.tables.formats import from_bytes, recognise
from pynomaly.tables.read import read

FRAME = pl.DataFrame({"n": [1, 2, 3], "f": [1.5, None, 3.0], "s": ["a", None, "c"]})


def packed(write) -> bytes:
    memory = io.BytesIO()
    write(memory)
    return memory.getvalue()


FILES = {
    "t.csv": packed(FRAME.write_csv), "t.tsv": packed(partial(FRAME.write_csv, separator="\t")), "t.json": packed(FRAME.write_json), "t.ndjson": packed(FRAME.write_ndjson),
    "t.parquet": packed(FRAME.write_parquet), "t.arrow": packed(FRAME.write_ipc), "t.feather": packed(FRAME.write_ipc), "t.ipc": packed(FRAME.write_ipc_stream),
    "t.xlsx": packed(lambda file: FRAME.to_pandas().to_excel(file, index=False)),
    "columns.json": json.dumps(FRAME.to_dict(as_series=False)).encode(), "pandas.json": FRAME.to_pandas().to_json().encode(),
}  # fmt: skip


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_table(tmp_path, name, zipped):
    path = tmp_path / (name + ".gz" * zipped)
    path.write_bytes(gzip.compress(FILES[name]) if zipped else FILES[name])
    table = read(path, features=["n", "f", "s"])
    assert table.frame.rows() == FRAME.rows() and table.kinds == {"n": "number", "f": "number", "s": "category"} and table.name == name
    assert table.fingerprint == read(FRAME, features=["n", "f", "s"]).fingerprint


@pytest.mark.parametrize(
    "name, data, says",
    [
        ("t.parquet", b"a,b\n1,2\n", "named as Parquet and holds delimited text such as CSV; call it 't.csv'"),
        ("t.csv", FILES["t.parquet"], "named as delimited text such as CSV and holds Parquet; call it 't.parquet'"),
        ("t.json", b"a,b\n1,2\n", "named as JSON and holds delimited text"), ("t.csv", FILES["t.json"], "holds JSON; call it 't.json'"),
        ("t.csv.gz", b"a,b\n1,2\n", "named as a gzip file and holds delimited text such as CSV; call it 't.csv'"),
        ("t.csv", gzip.compress(b"a,b\n1,2\n"), "is packed with gzip; call it 't.csv.gz'"),
        ("t.csv", b" <!DOCTYPE html><html>", "an HTML page"), ("t.csv", b"<?xml version='1.0'?>", "XML"), ("t.csv", b"%PDF-1.4", "a PDF"),
        ("t.pkl", b"\x80\x04\x95", "a Python pickle, which could run any code"), ("t.zip", b"PK\x03\x04", "a zip archive"), ("t.xlsx", b"PK\x03\x04", "damaged or another archive"),
        ("t.h5", b"\x89HDF\r\n", "HDF5"), ("t.db", b"SQLite format 3\0", "SQLite"), ("t.csv", b"\x89PNG", "an image"), ("t.csv", b"  ", "is empty"), ("t.csv.gz", gzip.compress(b""), "is empty"),
        ("t.parquet", FILES["t.parquet"][:-9], "damaged Parquet file"), ("t.arrow", FILES["t.arrow"][:40], "damaged Arrow"), ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "cannot be read as a workbook"),
        ("t.npy", b"\x93NUMPY\x01\x00", "cannot be read"), ("t.npy", packed(lambda f: np.save(f, np.eye(9)))[:-5], "cannot be read"),
        ("t.json", b'[{"a": 1},\n{"a": 2', "no valid JSON: line 2, column"), ("t.ndjson", b'{"a": 1}\n{"a": \n{"a": 3}', "no valid JSON: line 2, column"),
        ("t.json", b"[]", "has no columns"), ("t.npz", packed(lambda f: np.savez(f, a=np.eye(2), b=np.eye(3))), "holds 2 tables \\('a' and 'b'\\)"),
        ("t.npy", packed(lambda f: np.save(f, np.array([{}]), allow_pickle=True)), "Python objects, which are not loaded"),
    ],
)  # fmt: skip
def test_what_a_file_is_not(name, data, says):
    with pytest.raises(DataError, match=says):
        from_bytes(data, name)


def test_a_pickle_inside_npz_is_not_loaded():
    data = packed(lambda f: np.savez_compressed(f, X=np.array([{"a": 1}], dtype=object)))
    with pytest.raises(DataError, match="Python objects"):
        from_bytes(data, "t.npz")


def test_a_broken_npz():
    data = bytearray(packed(lambda f: np.savez(f, X=np.eye(40))))
    data[200:260] = b"\xff" * 60
    with pytest.raises(DataError, match="damaged numpy file|cannot be read"):
        from_bytes(bytes(data), "t.npz")


def test_unknown_suffixes_go_by_content():
    assert recognise(b"[1, 2]") == "json" and recognise(b"[a],b\n1,2") == "delimited"
    assert from_bytes(b"a|b\n1|2\n", "t.dat").frame.columns == ["a", "b"]


def test_numpy_files():
    x, y = np.arange(6.0).reshape(3, 2), np.array([0, 0, 1])
    assert from_bytes(packed(lambda f: np.save(f, x)), "t.npy").frame.columns == ["x0", "x1"]
    source = from_bytes(packed(lambda f: np.savez(f, X=x, y=y, names=np.array(["a", "b"]))), "t.npz")
    assert source.frame.columns == ["x0", "x1", "y"] and "'names'" in source.repairs[0].message
    assert from_bytes(packed(lambda f: np.savez(f, a=y, b=y)), "t.npz").frame.columns == ["a", "b"]


def test_json_with_nan_mixed_and_nested_values():
    assert from_bytes(b'{"a": NaN}\n{"a": 2}\n', "t.ndjson").frame["a"].to_list()[1] == 2
    with pytest.raises(ColumnError, match="mixes int values \\(1 in row 0\\) and str values"):
        read(io.StringIO('[{"a": 1}, {"a": "x"}]'))
    with pytest.raises(ColumnError, match="ignore=\\['t'\\]"):
        read(io.StringIO('[{"a": 1, "t": [1]}, {"a": 2, "t": []}]'))
    assert read(io.StringIO('[{"a": 1, "t": [1]}, {"a": 2, "t": []}]'), ignore="t").roles.ignored == ("t",)
    assert from_bytes(b'{"a": 1, "b": "x"}', "t.json").frame.rows() == [(1, "x")]


def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "w.xlsx"
    with pd.ExcelWriter(path) as file:
        when = pd.date_range("2024-01-01", periods=3)
        pd.DataFrame({"a": [1, 2, 3], "when": when, "mixed": [1, "x", 2], "flag": [True, False, True]}).to_excel(file, sheet_name="one", index=False)
        pd.DataFrame({"q": [1, 2]}).to_excel(file, sheet_name="two", index=False)
    return path


def test_workbooks(tmp_path):
    path = workbook(tmp_path)
    table = read(path)
    assert table.kinds == {"a": "number", "when": "datetime", "mixed": "category", "flag": "boolean"}
    assert "has 2 sheets and the first, 'one', was read" in table.repairs[0].message
    assert read(path, sheet="two").frame.columns == read(path, sheet=1).frame.columns == ["q"]
    with pytest.raises(ParameterError, match="no sheet 'tow'; did you mean 'two'"):
        read(path, sheet="tow")
    with pytest.raises(ParameterError, match="sheet=7 is outside 0 to 1"):
        read(path, sheet=7)
    with pytest.raises(ParameterError, match="sheet=1 is for Excel"):
        from_bytes(b"a,b\n1,2\n", "t.csv", sheet=1)


def test_paths(tmp_path, monkeypatch):
    (tmp_path / "expenses.csv").write_text("a,b\n1,2\n3,5\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    for path in ("~/expenses.csv", str(tmp_path / "expenses.csv"), tmp_path / "expenses.csv"):
        assert fetch(path)[1] == "expenses.csv"
    (tmp_path / "empty").mkdir()
    for path, says in (
        (tmp_path / "expnses.csv", "no file 'expnses.csv' in .*; did you mean 'expenses.csv'?"),
        (tmp_path / "no" / "x.csv", "the folder .* does not exist"),
        (tmp_path / "empty" / "x.csv", "there is no other file there"),
        (tmp_path, "is a folder; give one of its files, for example"),
        (tmp_path / "empty", "is a folder; it holds no files"),
        ("", "path given is empty"),
        ("a\0b", "cannot be read: embedded null byte"),
        ("a,b\n1,2", "use io.StringIO"),
        ("s3://bucket/x.csv", "begin with s3:// are not read"),
    ):
        with pytest.raises(DataError, match=says):
            fetch(path)


def test_a_file_without_permission(tmp_path, monkeypatch):
    path = tmp_path / "secret.csv"
    path.write_text("a\n1\n")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DataError, match="secret.csv' is there, but you have no permission to read it"):
        fetch(path)


def test_bytes_and_open_files(tmp_path):
    (tmp_path / "t.csv").write_text("a\n1\n2\n")
    with open(tmp_path / "t.csv", "rb") as file:
        assert fetch(file) == (b"a\n1\n2\n", "t.csv")
    assert fetch(b"a") == (b"a", "data") and fetch(io.StringIO("a")) == (b"a", "data") and fetch(str(tmp_path / "t.csv").encode())[1] == "data"

    class Folder:
        def __fspath__(self):
            return str(tmp_path / "t.csv").encode()

    assert fetch(Folder())[1] == "t.csv"


class Server(BaseHTTPRequestHandler):
    """Answers one address."""

    def do_GET(self):  # noqa: N802
        found = self.path.startswith("/data/my%20table.csv")
        self.send_response(200 if found else 404)
        self.end_headers()
        self.wfile.write(b"a,b\n1,2\n3,5\n" if found else b"")

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def address(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_urls(address):
    table = read(f"{address}/data/my%20table.csv?x=1")
    assert table.name == "my table.csv" and table.n == 2
    with pytest.raises(DataError, match="answered 404 Not Found; check the address"):
        from_url(f"{address}/nothing.csv")
    with pytest.raises(DataError, match="could not be read .*; check the address and the network"):
        from_url("http://127.0.0.1:1/t.csv", timeout=2)
