"""CSV that no spreadsheet runs."""

import csv
import io

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from voice.characters import RISKY
from voice.exports.spreadsheet import to_csv


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_could_run_gets_an_apostrophe(text):
    [row] = read(to_csv(["words"], [{"words": text}]))
    assert row["words"] == f"'{text}"


@every(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_no_text_comes_out_able_to_run_and_none_is_lost(text):
    cell = read(to_csv(["a", "words"], [{"a": "x", "words": text}]))[0]["words"]
    assert not cell.startswith(RISKY)
    assert cell.removeprefix("'") == text.removeprefix("'")


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert to_csv(["n", "none"], [{"n": 45, "none": None}]).endswith(b"n,none\r\n45,\r\n")
