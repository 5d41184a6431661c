"""Run every benchmark, one after another: `make bench`, or `python -m benchmarks [NAME ...]`."""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    """Run the named benchmarks, or all; exit with 1 when one fails."""
    known = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    wanted = sys.argv[1:] or known
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]}. There are: {', '.join(known)}.")
    failed = []
    for name in wanted:
        print(f"== {name}", flush=True)
        started = time.monotonic()
        done = subprocess.run([sys.executable, HERE / f"{name}.py"])
        print(f"-- {name}: {time.monotonic() - started:.0f} s\n", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        sys.exit(f"These failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
