"""Which files are films that browsers show."""

import pytest

from tests.filmed import film, mp4
from voice.signing import film as films
from voice.signing.film import fault_in, fault_in_poster


@pytest.fixture
def fault(tmp_path):
    def look(written: bytes, suffix: str) -> str:
        path = tmp_path / f"some{suffix}"
        path.write_bytes(written)
        return fault_in(path)

    return look


@pytest.mark.parametrize(
    ("written", "suffix"),
    [
        (film(), ".webm"),
        (film(heavy=True, size=(640, 360)), ".webm"),
        (mp4(b"avc1"), ".mp4"),
        (mp4(b"av01"), ".mp4"),
        (mp4(b"vp09", more=b"x" * 9_000_000), ".mp4"),
    ],
)
def test_a_film_that_browsers_show_has_no_fault(fault, written, suffix):
    assert fault(written, suffix) == ""


@pytest.mark.parametrize("packed", [b"hvc1", b"hev1"])
def test_a_film_as_phones_pack_it_is_named(fault, packed):
    assert "HEVC, as phones do" in fault(mp4(packed), ".mp4")


@pytest.mark.parametrize(
    ("written", "suffix", "why"),
    [
        (b"", ".mp4", "not an MP4"),
        (b"not a film at all", ".mp4", "not an MP4"),
        (film(), ".mp4", "not an MP4"),
        (mp4(more=b"x" * 1000)[:-500].replace(b"moov", b"free"), ".mp4", "not an MP4"),
        (mp4()[:60], ".mp4", "not an MP4"),
        (mp4(b"mp4v"), ".mp4", "no pictures in it that browsers show"),
        (b"", ".webm", "not a WebM"),
        (mp4(), ".webm", "not a WebM"),
        (film().replace(b"webm", b"mkv!"), ".webm", "not a WebM"),
        (film().replace(b"V_VP8", b"V_MPG"), ".webm", "no pictures in it that browsers show"),
    ],
)
def test_what_browsers_would_not_show_is_named(fault, written, suffix, why):
    assert why in fault(written, suffix)


def test_a_film_that_is_too_large_is_named_with_both_sizes(fault, monkeypatch):
    monkeypatch.setattr(films, "MOST_BYTES", 1_000_000)
    assert fault(mp4(more=bytes(3_000_000)), ".mp4") == "It has 3 MB, and a film may have 1 MB."


def test_a_poster_is_a_small_picture(tmp_path):
    for name, size, why in (
        ("a.jpg", 10, ""),
        ("a.webp", 100_000, ""),
        ("a.svg", 10, "neither"),
        ("a.png", 100_001, "more than 100,000 bytes"),
    ):
        (tmp_path / name).write_bytes(bytes(size))
        assert (why in fault_in_poster(tmp_path / name)) is True
        assert bool(fault_in_poster(tmp_path / name)) is bool(why)
