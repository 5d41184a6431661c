"""Run benchmarks: `make bench`, `make bench-full`, or `python -m benchmarks [--short] [NAME ...]`.

`--short` prints the one table of `journeys.py`, in under five minutes. Without it and without
names, `journeys.py` takes its whole hour, and every other benchmark follows.
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ASKED_ONLY = ("graphics_card", "many_comments")  # One needs a card, the other measures nothing.


def main() -> None:
    """Run the named benchmarks, or all; exit with 1 when one fails."""
    if sys.argv[1:] == ["--short"]:
        sys.exit(subprocess.run([sys.executable, HERE / "journeys.py"]).returncode)
    known = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    others = [name for name in known if name not in ("journeys", *ASKED_ONLY)]
    wanted = sys.argv[1:] or ["journeys", *others]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]}. There are: {', '.join(known)}.")
    failed = []
    for name in wanted:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        full = ["--full"] if name == "journeys" and not sys.argv[1:] else []
        done = subprocess.run([sys.executable, HERE / f"{name}.py", *full])
        print(f"-- {name}: {time.monotonic() - started:.0f} s\n", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        sys.exit(f"These failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
