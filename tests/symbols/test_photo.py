"""Photos: small, upright, and silent about where and by whom they were taken."""

from io import BytesIO

import pytest
from PIL import Image, ImageCms

from tests.drawn import photo, photo_with_a_place
from voice.symbols.photo import small_photo
from voice.symbols.unfit import MOST_BYTES, Unfit

FORMS = [(".png", "PNG"), (".jpg", "JPEG"), (".webp", "WEBP")]


def opened(written: bytes) -> Image.Image:
    return Image.open(BytesIO(written))


def pixel(picture: Image.Image, mode: str = "RGB") -> tuple[int, ...]:
    """The colour ten pixels from the top and from the left."""
    found = picture.convert(mode).getpixel((9, 9))
    assert isinstance(found, tuple)
    return found


def noise(form: str, size: tuple[int, int] = (900, 900)) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize(("suffix", "form"), FORMS)
@pytest.mark.parametrize("size", [(1200, 300), (300, 2400), (600, 600), (40, 30)])
def test_the_largest_side_has_at_most_600_pixels_and_small_ones_stay(suffix, form, size):
    made = opened(small_photo(photo(form, size), suffix))
    shrunk = min(1, 600 / max(size))
    assert made.size == (round(size[0] * shrunk), round(size[1] * shrunk))
    assert made.format == form


@pytest.mark.parametrize(("suffix", "form"), FORMS)
def test_where_when_and_by_whom_it_was_taken_is_gone_and_it_stands_upright(suffix, form):
    before = photo_with_a_place(form)
    assert b"Sam of Year 5" in before
    made = small_photo(before, suffix)
    assert b"Sam" not in made
    assert b"Exif" not in made
    assert dict(opened(made).getexif()) == {}
    assert opened(made).size == (40, 80)


@pytest.mark.parametrize(("suffix", "form"), FORMS)
def test_whatever_else_a_file_carries_is_gone(suffix, form):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    before = photo(form, icc_profile=profile, comment=b"taken at home")
    made = opened(small_photo(before, suffix))
    assert "icc_profile" in opened(before).info
    assert {"icc_profile", "comment", "exif", "xmp"} & set(made.info) == set()


@pytest.mark.parametrize(("suffix", "form"), FORMS)
def test_the_same_picture_gives_the_same_bytes_and_looks_as_before(suffix, form):
    before = photo(form, (80, 60), "#1060a0")
    made = small_photo(before, suffix)
    assert made == small_photo(before, suffix)
    red, green, blue = pixel(opened(made))
    assert abs(red - 0x10) + abs(green - 0x60) + abs(blue - 0xA0) < 12


@pytest.mark.parametrize(("suffix", "kept"), [(".png", True), (".webp", True), (".jpg", False)])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_holes_stay_holes_and_become_white_in_a_jpeg(suffix, kept, mode):
    picture = Image.new("RGBA", (20, 20), (0, 0, 0, 0)).convert(mode)
    out = BytesIO()
    picture.save(out, "PNG", **({"transparency": 0} if mode == "P" else {}))
    made = pixel(opened(small_photo(out.getvalue(), suffix)), "RGBA")
    assert made[3] == (0 if kept else 255)
    assert kept or min(made[:3]) > 250


def test_a_picture_that_is_too_heavy_is_made_smaller_until_it_fits():
    made = small_photo(noise("JPEG"), ".jpg")
    assert len(made) <= MOST_BYTES
    assert 300 <= max(opened(made).size) < 600


def test_a_picture_that_stays_too_heavy_is_refused_with_what_to_do():
    with pytest.raises(Unfit, match="however small") as caught:
        small_photo(noise("PNG"), ".png")
    assert caught.value.what_to_do == "Save it as JPEG or WebP."


def test_a_picture_of_another_form_than_its_name_says_gets_the_form_of_its_name():
    assert opened(small_photo(photo("PNG"), ".jpg")).format == "JPEG"


def test_the_first_picture_of_a_moving_one_is_taken():
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "lime")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    made = opened(small_photo(out.getvalue(), ".webp"))
    assert getattr(made, "n_frames", 1) == 1
    assert pixel(made)[0] > 200


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "PPM"])
def test_other_kinds_of_picture_are_refused_whatever_they_are_called(form):
    with pytest.raises(Unfit, match="not a picture"):
        small_photo(photo(form), ".png")


@pytest.mark.parametrize("written", [b"", b"not a picture", b"<svg/>", photo()[:400]])
def test_what_is_no_picture_or_only_half_of_one_is_refused(written):
    with pytest.raises(Unfit, match="not a picture"):
        small_photo(written, ".jpg")


@pytest.mark.parametrize("side", [7_200, 12_000, 20_000])
def test_a_picture_with_far_too_many_pixels_is_refused_unread(side):
    out = BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    with pytest.raises(Unfit, match="million pixels"):
        small_photo(out.getvalue(), ".png")
