"""Reading CSV files as people have them, and saying in one sentence what is wrong with others."""

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

from voice.csv_file import LONGEST_CELL, Comment, open_csv, read_comments
from voice.errors import BadInput


@pytest.fixture
def write(tmp_path: Path):
    def write(content: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / "comments.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def read(path: Path, text: str = "comment", id: str | None = None) -> list[Comment]:
    return list(read_comments(path, text=text, id=id))


def problem(path: Path, text: str = "comment", id: str | None = None) -> str:
    with pytest.raises(BadInput) as caught:
        read(path, text, id)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_other_columns_come_with_each_comment_in_the_order_asked_for(write):
    path = write("a,comment,b\n1,first,x\n2,second\n")

    comments = list(read_comments(path, text="comment", also=("b", "a")))

    assert comments == [Comment("1", "first", ("x", "1")), Comment("2", "second", ("", "2"))]
    with pytest.raises(BadInput, match="no column called “c”"):
        list(read_comments(path, text="comment", also=("c",)))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_as_a_spreadsheet_saves_it(write, separator, encoding, end):
    lines = ["comment_id,comment", 'a1,"Long, and\nwith “quotes” ""here"""', "a2,Café 🙂"]
    content = end.join(line.replace(",", separator, 1) for line in lines) + end

    assert read(write(content, encoding)) == [
        Comment("a1", 'Long, and\nwith “quotes” "here"'),
        Comment("a2", "Café 🙂"),
    ]


def test_without_an_id_column_the_row_number_is_the_id(write):
    assert read(write("comment\nfirst\n\nsecond\n")) == [
        Comment("1", "first"),
        Comment("2", "second"),
    ]


def test_the_column_comment_id_is_the_id_unless_another_is_named(write):
    path = write("comment_id,ref,comment\n7,x,hello\n")

    assert [comment.id for comment in read(path)] == ["7"]
    assert [comment.id for comment in read(path, id="ref")] == ["x"]


def test_a_row_with_too_few_cells_has_an_empty_comment_and_is_kept(write):
    assert read(write("comment_id,comment\n1\n2,yes\n")) == [Comment("1", ""), Comment("2", "yes")]


def test_a_row_with_too_many_cells_is_named(write):
    message = problem(write("comment_id,comment\n1,fine\n2,secret one, secret two\n"))

    assert "row 2 (line 3)" in message
    assert "3 cells" in message
    assert "secret" not in message


def test_empty_cells_after_the_last_column_are_let_pass(write):
    assert read(write("comment_id,comment,,\n1,fine,,,,\n")) == [Comment("1", "fine")]


def test_a_missing_column_is_named_with_one_that_looks_like_it(write):
    path = write("comment_id,Comments\n1,fine\n")

    assert "no column called “comment”. Did you mean “Comments”?" in problem(path)


def test_the_first_line_is_never_shown_as_it_may_be_a_comment(write):
    message = problem(write("1,My son Tom was hurt at school\n2,Nobody rang\n"))

    assert "2 column names" in message
    assert "Tom" not in message


def test_a_column_that_comes_twice_is_refused(write):
    assert "2 columns called “comment”" in problem(write("comment,comment\na,b\n"))


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_refused(write, content):
    assert "is empty" in problem(write(content))


def test_a_file_with_column_names_alone_is_refused(write):
    assert "no comments below" in problem(write("comment_id,comment\n"))


def test_the_first_row_in_another_encoding_is_named(write):
    message = problem(write("comment_id,comment\n1,fine\n2,café\n", "windows-1252"))

    assert "line 3 is not in the encoding UTF-8" in message
    assert "CSV UTF-8" in message


def test_utf_16_without_a_mark_and_utf_16_cut_short_are_refused(write):
    assert "not a text file" in problem(write("comment\nfine\n", "utf-16-le"))
    assert "damaged" in problem(write("comment\nfine\n".encode("utf-16") + b"x"))


@pytest.mark.parametrize(
    ("start", "what"),
    [
        (b"PK\x03\x04\x14\x00", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel workbook"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
    ],
)
def test_a_file_of_another_kind_is_refused(write, start, what):
    assert what in problem(write(start + bytes(range(256)) * 10))


def test_a_nul_byte_far_down_is_refused_with_its_line(write):
    content = b"comment\n" + b"fine\n" * 50_000 + b"sec\0ret\n"

    message = problem(write(content))

    assert "line 50002" in message
    assert "secret" not in message


def test_a_line_of_100_megabytes_is_refused_before_it_fills_the_memory(write):
    path = write(b"comment\nfine\n" + b"x" * 100_000_000 + b"\n")

    tracemalloc.start()
    message = problem(path)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert "line 3 is longer than" in message
    assert most < 20_000_000


def test_the_first_line_may_not_be_endless_either(write):
    assert "longer than" in problem(write(b"x" * 5_000_000))


def test_a_cell_that_is_too_long_is_refused_with_its_row(write):
    assert "row 1" in problem(write("comment\n" + "x" * (LONGEST_CELL + 1) + "\n"))


@pytest.mark.parametrize(
    "row", ['2,"never closed\n3,fine\n', '2,"closed" too early\n3,fine\n', '2,"open\n3,"fine"\n']
)
def test_a_quotation_mark_out_of_place_is_refused_and_swallows_no_rows(write, row):
    assert "row 2" in problem(write("comment_id,comment\n1,fine\n" + row))


def test_ids_that_come_twice_or_not_at_all_are_refused_with_their_rows(write):
    assert "row 3 (line 4) has the same id as row 1" in problem(
        write("comment_id,comment\n1,a\n2,b\n1,c\n")
    )
    assert "row 2 (line 3) has no id" in problem(write("comment_id,comment\n1,a\n,b\n"))


def test_a_path_that_cannot_be_opened_is_refused(tmp_path):
    assert "No such file" in problem(tmp_path / "missing.csv")
    assert "directory" in problem(tmp_path)


def test_a_file_is_read_row_by_row(write):
    with open_csv(write("comment\n" + "fine\n" * 100_000 + "too,many\n")) as file:
        rows = file.rows()

        assert next(rows).cells == ("fine",)  # The bad row at the end is not reached yet.


def test_reading_a_csv_file_needs_no_numpy():
    script = "import sys, voice.csv_file; print('numpy' in sys.modules)"

    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert shown.stdout.strip() == "False"
