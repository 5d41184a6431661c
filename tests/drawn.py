"""Pictures that a test is given: small drawings and photos, and records of who made them."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

LICENSED = {"licence": "licensed", "held_by": "Hertfordshire County Council"}
GPS = 0x8825


def drawing(colour: str = "#c00", inside: str = "") -> bytes:
    """A circle as SVG, with more `inside` if wanted."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">'
        f'<circle cx="36" cy="36" r="30" fill="{colour}"/>{inside}</svg>'
    ).encode()


def photo(
    form: str = "JPEG", size: tuple[int, int] = (80, 60), colour: str = "#c00", **more: object
) -> bytes:
    """A picture of one colour, as a file of this form."""
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form, **more)
    return out.getvalue()


def photo_with_a_place(form: str = "JPEG") -> bytes:
    """A photo that says where it was taken, by whom, and that it lies on its side."""
    about = Image.Exif()
    about[0x0112] = 6
    about[0x013B] = "Sam of Year 5"
    about.get_ifd(GPS).update({1: "N", 2: (51.0, 47.0, 30.0), 3: "W", 4: (0.0, 12.0, 0.0)})
    return photo(form, (80, 40), exif=about.tobytes())


def put(folder: Path, name: str, written: bytes, **said: object) -> Path:
    """Put a picture into a folder, with its record; `said` are other fields of the record."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_bytes(written)
    record: dict[str, object] = {
        "file": name,
        "id": "7",
        "shows": f"{file.stem} of the council",
        "author": "Ms Green",
        "source": "Our own pictures",
        "licence": "own-work",
        "sha256": sha256(written).hexdigest(),
        **said,
    }
    lines = [f'{field} = "{value}"' for field, value in record.items() if field != "until"]
    lines += [f"until = {record['until']}"] if "until" in record else []
    with (folder / "LICENCES.toml").open("a", encoding="utf-8") as records:
        records.write("\n".join(["[[pictures]]", *lines]) + "\n\n")
    return file
