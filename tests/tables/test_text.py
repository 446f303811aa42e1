"""Bytes of delimited text: gzip, encoding, delimiter, header, rows of unequal length."""

import gzip

import pytest

from pynomaly.errors import ColumnError, DataError, ParameterError
from pynomaly.tables.text import delimiter_of, gunzip, header_of, read_delimited, to_utf8

PACKED = gzip.compress(b"a,b\n" + b"1,2\n3,4\n" * 500)


def test_gzip_cut_short_or_damaged():
    assert gunzip(PACKED, "t.gz").startswith(b"a,b")
    for end in (len(PACKED) - 3, len(PACKED) - 12, 12):
        with pytest.raises(DataError, match="'t.gz' is a gzip file that breaks off before its end"):
            gunzip(PACKED[:end], "t.gz")
    with pytest.raises(DataError, match="'t.gz' is a damaged gzip file"):
        gunzip(PACKED[:15] + b"xx" + PACKED[17:], "t.gz")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252"])
def test_known_encodings_are_found(encoding):
    text = "name,x\nMálaga,1\nKöln,2\nÑandú,3\n"
    data, told = to_utf8(text.encode(encoding), "t.csv")
    assert data.decode() == text
    assert bool(told) == (encoding not in ("utf-8", "utf-8-sig")), "reading another encoding than UTF-8 is told"


def test_an_encoding_given_is_used():
    assert to_utf8("東京".encode("shift_jis"), "t.csv", "shift_jis")[0].decode() == "東京"
    with pytest.raises(ParameterError, match="encoding='utf-9' is no encoding"):
        to_utf8(b"a", "t.csv", "utf-9")
    with pytest.raises(DataError, match="cannot be read as ascii"):
        to_utf8("é".encode(), "t.csv", "ascii")


@pytest.mark.parametrize(
    "data, says",
    [
        ("city\n東京\n".encode("shift_jis"), "line 2 holds the byte 0x93, which is not UTF-8; give the encoding"),
        ("Málaga Köln Zürich\nZ".encode() + b"\xfc\n", "UTF-8 but for 1 place: line 2 holds the byte 0xFC"),
        (b"a,b\n1,\x002\n", "not a text file: line 2 holds a zero byte"),
        (b"a,b\n\x01\x02\xe9\n", "not a text file: it holds control characters"),
        (bytes(range(256)), "not a text file"),
        (b"\xff\xfea\x00b", "cannot be read as utf-16-le"),
    ],
)
def test_what_cannot_be_decoded_is_said(data, says):
    with pytest.raises(DataError, match=says):
        to_utf8(data, "t.csv")


@pytest.mark.parametrize(
    "head, mark",
    [("a,b\n1,2\n", ","), ("a;b\n1,5;2\n", ";"), ("a\tb,c\n1\t2,5\n", "\t"), ("a|b\n1|2\n", "|"), ("x\n1\n2\n", ","), ('a,b\n"x;y",2\n', ","), ("a;b;c\n1;2\n3;4;5;6\n", ";")],
)
def test_delimiter(head, mark):
    assert delimiter_of(head) == mark


def test_header():
    assert header_of(["5.1", "-3"], "t")[0] is None
    assert header_of(["2019", "2020", "2021"], "t") == (["2019", "2020", "2021"], [])
    names, told = header_of(["a", ""], "t")
    assert names == ["a", "column 2"] and "has no name" in told[0].message
    assert "the column was named x0" in header_of(["5.1"], "t")[1][0].message


def test_columns_of_text():
    frame, told, mark = read_delimited(b'\n"a\nb",<script>\r\n"1,5",x\r\n,"say ""hi"""\r\n\r\n', "t.csv")
    assert frame.columns == ["a\nb", "<script>"] and frame.rows() == [("1,5", "x"), (None, 'say "hi"')]


def test_old_line_ends_and_blank_lines():
    assert read_delimited(b"a,b\r1,2\r3,4\r", "t")[0].height == 2
    frame, told, _ = read_delimited(b"a,b\n1,2\n\n3,\n\n\n5,6\n", "t")
    assert frame.rows() == [("1", "2"), ("3", None), ("5", "6")] and told[0].count == 3
    assert read_delimited(b"a\n1\n\n2\n", "t")[0]["a"].to_list() == ["1", None, "2"], "in one column a blank line is a missing value"


def test_a_stray_quotation_mark_is_read():
    frame, _, _ = read_delimited(b'a,b\n1,5" pipe\n2,z\n', "t")
    assert frame.rows() == [("1", '5" pipe'), ("2", "z")]
    frame, told, _ = read_delimited(b'a,b\n1,"5" pipe\n\n2,\n', "t")
    assert frame.rows() == [("1", "5 pipe"), ("2", None)] and told[0].kind == "blank lines"


def test_an_empty_last_field_is_no_short_row():
    many = b"a,b\n" + b"1,2\n3,\n" * 400
    assert read_delimited(many, "t")[0]["b"].null_count() == 400
    assert read_delimited(b'a,b\n"1",2\n3,\n', "t")[0].rows() == [("1", "2"), ("3", None)]


def test_no_header_reads_every_row():
    assert read_delimited(b"5.1,3\n4.9,2\n", "t")[0].rows() == [("5.1", "3"), ("4.9", "2")]


@pytest.mark.parametrize(
    "data, says",
    [
        (b"", "'t' is empty"),
        (b" \n\n", "'t' is empty"),
        (b"a,b\n", "a header \\(2 columns\\) and no rows"),
        (b"a,b,c\n1,2,3\n4,5\n", "Line 3 of 't' has 2 fields where the first line has 3"),
        (b"a,b\n1,2\n4,5,6\n", "Line 3 of 't' has 3 fields"),
        (b'a,b\n"x\ny",2\n4,5,6\n', "Line 4 of 't' has 3 fields"),
        (b"# made by hand\na,b\n1,2\n", "remove the lines of comment"),
        (b'a,b\n1,"x\n2,y\n3,z\n', "quotation mark opened on line 2 is never closed"),
        (b'a,b\n1,"x\n' + b"2,y\n" * 40 + b'3,"z",4\n', "quotation mark opened on line 2 is not closed before line"),
    ],
)
def test_broken_text_names_the_line(data, says):
    with pytest.raises(DataError, match=says):
        read_delimited(data, "t")


def test_duplicate_names_and_a_bad_delimiter():
    with pytest.raises(ColumnError, match="2 columns named 'a' \\(columns 1, 3\\)"):
        read_delimited(b"a,b,a\n1,2,3\n", "t")
    with pytest.raises(ParameterError, match="delimiter=',,' is not one character"):
        read_delimited(b"a,b\n1,2\n", "t", ",,")
    assert read_delimited(b"a b\n1 2\n", "t", " ")[0].columns == ["a", "b"]
