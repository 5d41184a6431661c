"""Whether a file is a film that browsers show: its kind, its size, how its pictures are packed."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

KINDS = {".mp4": "video/mp4", ".webm": "video/webm"}
POSTERS = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}

MOST_BYTES = 30_000_000
"""The most bytes a film of one page may have: two minutes at 2 million bits a second."""

MOST_POSTER_BYTES = 100_000
HEAD = 200_000  # Bytes: a WebM says how it is packed near its beginning.
MOST_INDEX = 5_000_000  # Bytes of an MP4's index; a film of two minutes has a hundredth of it.

SHOWN_IN_MP4 = {b"avc1", b"avc3", b"vp09", b"av01"}
NOT_EVERYWHERE = {b"hvc1", b"hev1", b"dvh1", b"dvhe"}
PACKED = re.compile(rb"stsd.{12}(....)", re.DOTALL)
SHOWN_IN_WEBM = re.compile(rb"V_VP8|V_VP9|V_AV1")
WEBM = b"\x1a\x45\xdf\xa3"

SAVE_AGAIN = "Save it again as MP4 with H.264, or as WebM."


def fault_in(path: Path) -> str:
    """Return why browsers would not show a film, as a sentence, or nothing when they do."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        return f"It has {size / 1e6:.0f} MB, and a film may have {MOST_BYTES / 1e6:.0f} MB."
    with path.open("rb") as file:
        return _fault_in_mp4(file) if path.suffix == ".mp4" else _fault_in_webm(file)


def fault_in_poster(path: Path) -> str:
    """Return what is wrong with the picture that stands in a film’s place, or nothing."""
    if path.suffix not in POSTERS:
        return "Its picture is neither JPEG nor PNG nor WebP."
    if path.stat().st_size > MOST_POSTER_BYTES:
        return f"Its picture has more than {MOST_POSTER_BYTES:,} bytes."
    return ""


def _fault_in_webm(file: BinaryIO) -> str:
    head = file.read(HEAD)
    if not head.startswith(WEBM) or b"webm" not in head[:200]:
        return "It is not a WebM film."
    return "" if SHOWN_IN_WEBM.search(head) else "There are no pictures in it that browsers show."


def _fault_in_mp4(file: BinaryIO) -> str:
    parts = dict(_parts(file))
    if b"ftyp" not in parts or b"moov" not in parts:
        return "It is not an MP4 film, or it was cut short."
    start, length = parts[b"moov"]
    file.seek(start)
    packed = set(PACKED.findall(file.read(min(length, MOST_INDEX))))
    if packed & NOT_EVERYWHERE:
        return "It is packed as HEVC, as phones do, and many browsers do not show that."
    return "" if packed & SHOWN_IN_MP4 else "There are no pictures in it that browsers show."


def _parts(file: BinaryIO) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Yield the parts of an MP4: each one’s name, where its content begins, and how long it is."""
    end = file.seek(0, 2)
    place = 0
    while place + 8 <= end:
        file.seek(place)
        head = file.read(16)
        length, begins = int.from_bytes(head[:4], "big"), 8
        if length == 1:
            length, begins = int.from_bytes(head[8:16], "big"), 16
        elif length == 0:
            length = end - place
        if length < begins or place + length > end:
            return
        yield head[4:8], (place + begins, length - begins)
        place += length
