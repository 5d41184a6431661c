"""Films that a test is given: real ones that play, made of a few coloured pictures.

A WebM is a row of pictures packed as VP8, and so is a WebP file: the pictures are taken out of WebP
files and put in a row, with an index that lets a player go to any of them.
"""

import struct
from io import BytesIO

from PIL import Image

SECOND = 1000  # The times of a WebM are in thousandths.


def film(seconds: int = 2, *, size: tuple[int, int] = (64, 36), heavy: bool = False) -> bytes:
    """A WebM of one picture a second, each of another colour; `heavy` ones are hard to pack."""
    pictures = [_picture(number, size, heavy=heavy) for number in range(seconds)]
    info = _part(
        0x1549A966,
        _number(0x2AD7B1, 1_000_000)
        + _part(0x4489, _as_float(seconds * SECOND))
        + _part(0x4D80, b"voice")
        + _part(0x5741, b"voice"),
    )
    shown = _part(0xE0, _number(0xB0, size[0]) + _number(0xBA, size[1]))
    track = _number(0xD7, 1) + _number(0x73C5, 1) + _number(0x83, 1) + _part(0x86, b"V_VP8") + shown
    tracks = _part(0x1654AE6B, _part(0xAE, track))
    clusters = [_cluster(number, picture) for number, picture in enumerate(pictures)]
    before = len(info) + len(tracks)
    index = _index(clusters, before + len(_index(clusters, before)))
    head = _part(
        0x1A45DFA3,
        _number(0x4286, 1) + _number(0x42F7, 1) + _number(0x42F2, 4) + _number(0x42F3, 8)
        + _part(0x4282, b"webm") + _number(0x4287, 4) + _number(0x4285, 2),
    )  # fmt: skip
    return head + _part(0x18538067, info + tracks + index + b"".join(clusters))


def mp4(packed: bytes = b"avc1", more: bytes = b"") -> bytes:
    """The outside of an MP4, with pictures that are packed in this way; it does not play."""
    described = _box(b"stsd", bytes(4) + (1).to_bytes(4, "big") + _box(packed, bytes(78)))
    track = _box(b"trak", _box(b"mdia", _box(b"minf", _box(b"stbl", described))))
    sound = _box(b"trak", _box(b"stsd", bytes(7) + b"\1" + _box(b"mp4a", bytes(28))))
    return (
        _box(b"ftyp", b"isom" + bytes(4))
        + _box(b"moov", _box(b"mvhd", bytes(100)) + sound + track)
        + _box(b"mdat", more)
    )


def _picture(number: int, size: tuple[int, int], *, heavy: bool) -> bytes:
    """One picture packed as VP8."""
    out = BytesIO()
    colour = (40 * number % 256, 200 - 30 * number % 200, 90)
    picture = Image.new("RGB", size, colour)
    if heavy:
        picture = Image.blend(picture, Image.effect_noise(size, 120).convert("RGB"), 0.7)
    picture.save(out, "WEBP", quality=95 if heavy else 60)
    written = out.getvalue()
    assert written[12:16] == b"VP8 "
    return written[20 : 20 + int.from_bytes(written[16:20], "little")]


def _cluster(number: int, picture: bytes) -> bytes:
    block = b"\x81" + bytes(2) + b"\x80" + picture  # Of the first track, at once, a whole picture.
    return _part(0x1F43B675, _number(0xE7, number * SECOND) + _part(0xA3, block))


def _index(clusters: list[bytes], begin: int) -> bytes:
    """Where each cluster begins, counted from the first byte inside the segment."""
    points = b""
    for number, cluster in enumerate(clusters):
        place = _number(0xF7, 1) + _number(0xF1, begin)
        points += _part(0xBB, _number(0xB3, number * SECOND) + _part(0xB7, place))
        begin += len(cluster)
    return _part(0x1C53BB6B, points)


def _part(name: int, content: bytes) -> bytes:
    length = (len(content) | 1 << 56).to_bytes(8, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + length + content


def _number(name: int, value: int) -> bytes:
    return _part(name, value.to_bytes(8, "big"))


def _as_float(value: float) -> bytes:

    return struct.pack(">d", value)


def _box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content
