"""What is said of a row that cannot be brought in, and what stands for a row brought in again."""

import csv
import io

import pytest
from hypothesis import given as for_all
from hypothesis import settings as hurried
from hypothesis import strategies as some
from msgspec import structs

from tests.bringing.samples import CHANGE, LISTENED, SATISFIED, WAITING_FOR, to_csv
from tests.bringing.test_tools import checked, suggested
from voice.bringing.checking import Checker
from voice.bringing.mapping import Mapping, read_mapping, write_mapping
from voice.bringing.reading import open_rows
from voice.bringing.rejected import RejectedRows
from voice.errors import BadInput

SURVEY = "support-parents-carers"


def mapping(**about):
    return Mapping(survey=SURVEY, **about)


def problems(rows, **about):
    content = to_csv(rows)
    about.setdefault("columns", suggested(content).mapping.columns)
    return [problem.line for one in checked(content, mapping(**about)) for problem in one.problems]


def test_a_wrong_cell_is_told_by_row_and_column_and_never_by_its_words():
    lines = problems([[LISTENED, SATISFIED], ["Yes", "7"], ["My son Tom", "eleven"]])
    assert lines == [
        f"row 3, column “{LISTENED}”: the cell is none of the answers of this question. Write one "
        "of: Yes; Sometimes; No; I’m not sure. Or map the word to an answer.",
        f"row 3, column “{SATISFIED}”: the cell is no whole number from 0 to 10. Write a number "
        "from 0 to 10, or leave it empty.",
    ]


def test_not_sure_beside_another_answer_is_a_problem():
    [line] = problems([[WAITING_FOR], ["I’m not sure;Something else"]])
    assert "cannot stand together" in line


@pytest.mark.parametrize("cell", ["tomorrow", "13/13/2026", "01/01/1999", "01/01/2999"])
def test_a_day_that_cannot_be_is_a_problem(cell):
    [line] = problems([["when", CHANGE], [cell, "x"]], day="when", columns={CHANGE: "one_change"})
    assert "no day up to today" in line


def test_a_row_with_more_cells_than_columns_is_a_problem_and_its_cells_are_kept():
    content = to_csv([[CHANGE], ["a", "b", "c"]])
    [one] = checked(content, mapping(columns={CHANGE: "one_change"}))
    assert [problem.wrong for problem in one.problems] == [
        "it has more cells than there are columns"
    ]
    rejected = RejectedRows(open_rows("f", content).columns)
    rejected.add(one)
    assert list(csv.reader(io.StringIO(rejected.content.decode("utf-8-sig"))))[1][-2:] == ["b", "c"]


def test_ids_must_be_there_and_differ():
    rows = [["ref", CHANGE], ["1", "a"], ["", "b"], ["1", "c"]]
    lines = problems(rows, id="ref", columns={CHANGE: "one_change"})
    assert [line.split(":")[1].split(".")[0].strip() for line in lines] == [
        "it has no id",
        "it has the same id as row 2",
    ]


def test_who_did_not_agree_is_left_out_and_who_did_not_say_is_a_problem():
    rows = [["Consent", CHANGE], ["Yes, I agree", "a"], ["No", "b"], ["", "c"]]
    about = {"agreed": "Consent", "columns": {CHANGE: "one_change"}}
    yes, no, neither = checked(to_csv(rows), mapping(**about))
    assert yes.response
    assert (no.response, no.problems) == (None, ())
    assert "does not say whether the person agreed" in neither.problems[0].wrong


def test_who_speaks_is_read_or_mapped():
    rows = [["I am", CHANGE], ["Parent or carer", "a"], ["SENCO", "b"], ["Gran", "c"], ["?", "d"]]
    about = {"speaks": "I am", "columns": {CHANGE: "one_change"}, "voices": {"Gran": "parent"}}
    found = checked(to_csv(rows), mapping(**about))
    assert [one.response and one.response.voice for one in found] == [
        "parent",
        "practitioner",
        "parent",
        None,
    ]


def test_the_same_row_twice_in_one_file_is_two_people_and_the_same_two_next_time():
    content = to_csv([[LISTENED], ["Yes"], ["Yes"], ["No"]])
    about = mapping(columns={LISTENED: "listened"})
    first, again = checked(content, about), checked(content, about)
    tokens = [one.token for one in first]
    assert len(set(tokens)) == 3
    assert tokens == [one.token for one in again]
    assert tokens != [one.token for one in checked(content, about, key=b"o" * 32)]
    other_wave = structs.replace(about, wave="2020")
    assert set(tokens).isdisjoint(one.token for one in checked(content, other_wave))


def test_a_mended_row_keeps_what_stands_for_it_though_it_now_says_what_another_says():
    content = to_csv([[LISTENED], ["Yes"], ["Yess"]])
    about = mapping(columns={LISTENED: "listened"})
    good, bad = checked(content, about)
    rejected = RejectedRows(open_rows("f", content).columns)
    rejected.add(bad)
    mended = rejected.content.replace(b"Yess", b"Yes")
    [again] = checked(mended, about)
    assert again.response
    assert again.token == bad.token != good.token


@for_all(some.lists(some.text(alphabet="=+-@'a\" ,;\n\t", max_size=8), min_size=1, max_size=5))
@hurried(max_examples=150, deadline=None)
def test_whatever_a_rejected_row_holds_comes_back_as_it_was(cells):
    if not any(cell.strip() for cell in cells):
        return
    columns = [f"c{place}" for place in range(len(cells))]
    content = to_csv([["ref", "when", *columns], ["1", "never", *cells]])
    about = mapping(id="ref", day="when", columns={"c0": "one_change"})
    [bad] = checked(content, about)
    rejected = RejectedRows(open_rows("f", content).columns)
    rejected.add(bad)
    opened = open_rows("rejected", rejected.content)
    [again] = checked(rejected.content, about)
    assert [column.name for column in opened.columns][:-2] == ["ref", "when", *columns]
    assert again.row.cells[:-2] == bad.row.cells


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"columns": {"nope": "one_change"}}, "no column “nope”"),
        ({"columns": {CHANGE: "nope"}}, "no question “nope”"),
        ({"columns": {CHANGE: "waiting_for=nope"}}, "no answer “nope”"),
        ({"columns": {}}, "No column leads to a question"),
        ({"columns": {CHANGE: "listened", "b": "listened"}}, "Two columns lead to"),
        ({"columns": {CHANGE: "listened"}, "values": {"listened": {"a": "b"}}}, "no answer “b”"),
        ({"columns": {CHANGE: "listened"}, "id": "nope"}, "no column “nope”"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told_in_a_sentence(about, words):
    with pytest.raises(BadInput, match=words):
        checked(to_csv([[CHANGE, "b"], ["x", "y"]]), mapping(**about))


def test_a_mapping_is_the_same_after_it_was_written_and_read():
    content = to_csv(
        [["ID", "Start time", "Completion time", "Email", "Name", LISTENED], ["1"] * 6]
    )
    found = suggested(content).mapping
    assert read_mapping("m.toml", write_mapping(found).encode()) == found
    with pytest.raises(BadInput, match=r"m\.toml"):
        read_mapping("m.toml", b"survey = 3")


def test_a_checker_keeps_no_cell():
    """What is wrong is told without the words: nothing of them is in the problem."""
    content = to_csv([[LISTENED, SATISFIED], ["quiddle", "quiddle"]])
    opened = open_rows("f", content)
    about = suggested(content).mapping
    from tests.bringing.test_tools import TODAY, wordings

    checker = Checker(wordings(), about, opened.columns, key=b"k" * 32, today=TODAY)
    [one] = checker.check_all(opened.rows)
    assert len(one.problems) == 2
    assert "quiddle" not in str(one.problems)
