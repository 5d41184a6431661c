"""What runs our models tells nobody that it does: it makes no id of this machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voice.settings import Settings

pytestmark = pytest.mark.slow
READ = (
    "{first}import onnxruntime, sys;"
    "onnxruntime.InferenceSession(sys.argv[1], providers=['CPUExecutionProvider'])"
)
# Where it is tested, it keeps silent by itself.
TESTED = {"CI", "TF_BUILD", "GITHUB_ACTIONS", "ORT_DISABLE_TELEMETRY", "PYTEST_CURRENT_TEST"}


def left_behind(home: Path, first: str) -> list[str]:
    """The files that reading a model leaves in a new home; no network is needed to see them."""
    known = {name: held for name, held in os.environ.items() if name not in TESTED}
    here = {"HOME": str(home), "XDG_CACHE_HOME": str(home), "XDG_DATA_HOME": str(home)}
    model = Settings().nlp_models / "embedding/model.onnx"
    subprocess.run(
        [sys.executable, "-c", READ.format(first=first), str(model)], env=known | here, check=True
    )
    return [str(one.relative_to(home)) for one in home.rglob("*") if one.is_file()]


def test_no_id_of_this_machine_is_made(tmp_path):
    assert left_behind(tmp_path, "import voice; ") == []
