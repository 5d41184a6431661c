"""Make a photo or another picture of pixels small and mute: only what is seen is kept.

Where and when it was taken, by whom and with what: all of it is left out. Reads files with Pillow;
nothing of the web process may import this module.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from voice.symbols.unfit import MOST_BYTES, Unfit

FORMS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
SIDES = (600, 480, 360, 300)
"""The largest side a picture may have, in pixels; less where it would be too heavy."""

MOST_PIXELS = 50_000_000
WHITE = (255, 255, 255)
HOW: dict[str, dict[str, object]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 85, "progressive": True, "optimize": True},
    "WEBP": {"quality": 85, "method": 6},
}
NOT_ONE = "It is not a picture that can be read."
SAVE_AGAIN = "Open it in a picture program and save it again as PNG, JPEG or WebP."


def small_photo(written: bytes, suffix: str) -> bytes:
    """Return the picture in the form that `suffix` (such as ".png") names, upright and small.

    Raises:
        Unfit: it is no picture, has too many pixels, or stays too heavy.
    """
    form = FORMS[suffix]
    with _explained():
        pixels = _read(written, with_holes=form != "JPEG")
        for side in SIDES:
            made = _saved(pixels, side, form)
            if len(made) <= MOST_BYTES:
                return made
    lighter = "Save it as JPEG or WebP." if form == "PNG" else "Take one with less in it."
    raise Unfit(f"It has more than {MOST_BYTES:,} bytes however small it is made.", lighter)


@contextmanager
def _explained() -> Iterator[None]:
    """Turn whatever a broken file makes of the reader into one sentence."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield
        except Unfit:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise _too_many_pixels() from None
        except (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError):
            raise Unfit(NOT_ONE, SAVE_AGAIN) from None


def _too_many_pixels() -> Unfit:
    why = f"It has more than {MOST_PIXELS // 1_000_000} million pixels."
    return Unfit(why, "Make it smaller first: 1,000 pixels a side are plenty.")


def _read(written: bytes, *, with_holes: bool) -> Image.Image:
    """Return the pixels, upright, in the colours of the web; the first picture of a moving one."""
    with Image.open(BytesIO(written), formats=sorted(HOW)) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise _too_many_pixels()
        upright = ImageOps.exif_transpose(opened)
        see_through = upright.has_transparency_data
        coloured = _in_colours_of_the_web(upright)
        if not see_through:
            return coloured.convert("RGB")
        pixels = coloured.convert("RGBA")
        return pixels if with_holes else _on_white(pixels)


def _in_colours_of_the_web(image: Image.Image) -> Image.Image:
    """Return the picture with its colours told as sRGB, since its own table of them is left out."""
    table = image.info.get("icc_profile")
    if not table or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        return (
            ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(table)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
            or image
        )
    except ImageCms.PyCMSError:
        return image


def _on_white(pixels: Image.Image) -> Image.Image:
    ground = Image.new("RGB", pixels.size, WHITE)
    ground.paste(pixels, mask=pixels.getchannel("A"))
    return ground


def _saved(pixels: Image.Image, side: int, form: str) -> bytes:
    """Return a file with these pixels and nothing else in it."""
    small = Image.new(pixels.mode, pixels.size)
    small.paste(pixels)
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, form, **HOW[form])
    return out.getvalue()
