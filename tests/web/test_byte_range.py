"""Parts of a file: what players ask for."""

import pytest

from voice.web.byte_range import ByteRange, NoSuchRange, read_range


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=0-1", 0, 1),
        ("bytes=10-19", 10, 19),
        ("bytes=90-500", 90, 99),
        ("bytes=-10", 90, 99),
        ("bytes=-500", 0, 99),
        ("bytes=99-99", 99, 99),
    ],
)
def test_a_range_is_cut_at_the_end(header, first, last):
    assert read_range(header, 100) == ByteRange(first, last)


@pytest.mark.parametrize(
    "header", ["", "bytes=", "bytes=-", "lines=0-1", "bytes=0-1,5-6", "bytes=20-10", "bytes=a-b"]
)
def test_what_cannot_be_read_asks_for_the_whole(header):
    assert read_range(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_a_range_behind_the_end_is_refused(header):
    with pytest.raises(NoSuchRange):
        read_range(header, 100)
