"""Named queries: each room keeps its SQL in a `store.sql` beside its `store.py`."""

import re
from pathlib import Path
from types import SimpleNamespace

NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)


def load(python_file: str) -> SimpleNamespace:
    """Read the `.sql` file beside `python_file`, one attribute per `-- name:`.

    Raises:
        ValueError: two queries have one name.
    """
    text = Path(python_file).with_suffix(".sql").read_text(encoding="utf-8")
    _, *parts = NAME.split(text)
    names = parts[::2]
    if len(set(names)) != len(names):
        raise ValueError(f"a query's name stands twice beside {python_file}")
    return SimpleNamespace(**{n: q.strip() for n, q in zip(names, parts[1::2], strict=True)})
