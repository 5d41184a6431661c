"""A table from a spreadsheet and back: both shapes, clear errors, nothing that is run."""

import pytest
from click.testing import CliRunner

from voice.cli import main
from voice.csv_file import read_csv
from voice.errors import BadInput
from voice.small_numbers.sheet import Columns, lines, read_long, read_wide
from voice.small_numbers.table import protect

LONG = b"district,answer,n\nA,yes,40\nA,no,3\nB,yes,50\nB,no,60\n"
WIDE = b"district,yes,no,Total\nA,40,3,43\nB,50,60,110\nTotal,90,63,153\n"


def test_long_and_wide_are_the_same_table():
    long = read_long(read_csv("x.csv", LONG), Columns("district", "n", "answer"))
    assert long == read_wide(read_csv("x.csv", WIDE))
    assert long.counts == ((40, 3), (50, 60))


def test_what_has_no_line_counts_nothing():
    long = read_long(read_csv("x.csv", LONG[:-9]), Columns("district", "n", "answer"))
    assert long.counts == ((40, 3), (50, 0))


def test_one_column_of_counts_is_a_table_too():
    table = read_long(read_csv("x.csv", b"d,n\nA,40\nB,3\nC,50\n"), Columns("d", "n"))
    shown = list(lines(protect(table)))
    assert shown == [
        ["", "n"],
        ["A", "not shown"],
        ["B", "not shown"],
        ["C", "50"],
        ["Total", "95"],
    ]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (b"d,n\nA,4.5\n", "row 1: .4.5. is no whole number"),
        (b"d,n\nA,-1\n", "row 1"),
        (b"d,n\nA,\n", "row 1: a count is missing. Write 0"),
        (b"d,a,n\nA,yes,1\n", "row 1: .yes. is no whole number.*--rows, --columns"),
        (b"d,a,b,Total\nA,1,2,4\n", "row 1: the total is .4., but the counts add up to 3"),
        (b"d,a,b\nA,1,2\nB,3,4\nAll,4,7\n", "row 3, column .b.: the total is .7.* to 6"),
        (b"d,n\nA,1\nA,2\n", "row 2: .A. stands twice"),
        (b"d\nA\n", "holds no counts"),
        (b"d,n\n", "holds no counts"),
    ],
)
def test_what_is_no_table_is_told_with_its_row(written, why):
    with pytest.raises(BadInput, match=why):
        read_wide(read_csv("x.csv", written))


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless():
    table = read_wide(read_csv("x.csv", b"d,=1+1,ok\n@x,40,50\ny,60,70\n"))
    shown = list(lines(protect(table)))
    assert shown[0][1] == "'=1+1"
    assert shown[1][0] == "'@x"


def test_the_command_prints_or_writes_it(tmp_path):
    file, out = tmp_path / "x.csv", tmp_path / "y.csv"
    file.write_bytes(WIDE)
    printed = CliRunner().invoke(main, ["small-numbers", str(file)])
    assert printed.exit_code == 0, printed.output
    assert "not shown" in printed.output
    assert ",3," not in printed.output
    written = CliRunner().invoke(main, ["small-numbers", str(file), "--out", str(out)])
    assert "4 of 4 counts are not shown" in written.output
    assert out.read_text() == printed.output
    half = CliRunner().invoke(main, ["small-numbers", str(file), "--rows", "district"])
    assert half.exit_code == 2


def test_tables_of_the_same_people_hide_the_same_totals_and_others_are_refused(tmp_path):
    by_voice, by_wave = tmp_path / "voice.csv", tmp_path / "wave.csv"
    by_voice.write_text("v,yes,no\nchild,3,40\nparent,50,60\n")
    by_wave.write_text("w,yes,no\nspring,53,0\nautumn,0,100\n")
    both = CliRunner().invoke(main, ["small-numbers", str(by_voice), str(by_wave)])
    assert both.exit_code == 0, both.output
    first, second = both.output.split("\n\n")
    assert first.splitlines()[-1] == second.splitlines()[-1]
    by_wave.write_text("w,yes,no\nspring,53,1\n")
    assert CliRunner().invoke(main, ["small-numbers", str(by_voice), str(by_wave)]).exit_code == 2


@pytest.mark.parametrize("total", ["All", "Grand total", "TOTALS"])
def test_a_total_under_another_name_is_left_out_too(total):
    named = WIDE.replace(b"Total", total.encode())
    assert read_wide(read_csv("x.csv", named)) == read_wide(read_csv("x.csv", WIDE))


def test_a_sum_under_a_name_of_its_own_is_refused_because_it_would_tell_what_is_hidden():
    with pytest.raises(BadInput, match="“Everyone” is the sum of the others"):
        read_wide(read_csv("x.csv", b"who,no,yes\nA,6,50\nB,2,60\nEveryone,8,110\n"))
    with pytest.raises(BadInput, match="“either” is the sum of the others"):
        read_wide(read_csv("x.csv", b"who,no,yes,either\nA,6,50,56\nB,2,60,62\n"))


def test_one_row_that_happens_to_add_up_is_kept():
    assert read_wide(read_csv("x.csv", b"who,a,b,c\nA,20,30,50\n")).counts == ((20, 30, 50),)


def test_a_pair_that_stands_twice_is_told_with_what_to_do():
    with pytest.raises(BadInput, match=r"row 2: .A. stands twice. Put .* with --columns"):
        read_long(read_csv("x.csv", b"d,n\nA,1\nA,2\n"), Columns("d", "n"))
    with pytest.raises(BadInput, match=r"row 2: .A. with .yes. stands twice"):
        read_long(read_csv("x.csv", b"d,a,n\nA,yes,1\nA,yes,2\n"), Columns("d", "n", "a"))


def test_the_heading_of_the_first_column_stays(tmp_path):
    file = tmp_path / "x.csv"
    file.write_bytes(WIDE)
    done = CliRunner().invoke(main, ["small-numbers", str(file)])
    assert done.output.startswith("district,yes,no,Total\n")


def test_tables_of_other_people_say_which_column(tmp_path):
    (tmp_path / "a.csv").write_bytes(WIDE)
    (tmp_path / "b.csv").write_bytes(b"age,yes,no\n8,90,64\n")
    done = CliRunner().invoke(main, ["small-numbers", *map(str, sorted(tmp_path.iterdir()))])
    assert done.exit_code
    assert "“no” adds up to 63 in one and to 64 in the other" in done.output
