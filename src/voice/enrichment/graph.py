"""The sentence models run step by step over arrays: numpy's here, CuPy's on a graphics card.

onnxruntime runs the models on processors. Its build for graphics cards takes the place of the
other, so the two cannot be installed side by side; our two models need eleven kinds of step, and
array libraries have them all.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from voice.errors import BadInput

Array = Any  # numpy's or CuPy's: neither's type says what both can do.


class Arrays(NamedTuple):
    """A library of arrays: `of` is numpy or CuPy, `erf` its error function."""

    of: Any
    erf: Callable[[Array], Array]


class Step(NamedTuple):
    """One operation: what it reads, the one array it makes, and how it is set."""

    kind: str
    reads: tuple[str, ...]
    makes: str
    settings: Mapping[str, Any]
    done_with: tuple[str, ...] = ()


class Graph:
    """One of our models, in the memory of a device."""

    def __init__(self, file: Path, arrays: Arrays) -> None:
        """Read an ONNX file, and work out at once what hangs on no input, the weights.

        Raises:
            BadInput: the package `onnx` is missing.
        """
        try:
            import onnx
            from onnx import helper, numpy_helper
        except ImportError:
            raise BadInput("A part is not installed: pip install 'voice[cuda]'.") from None
        graph = onnx.load(str(file)).graph
        self._arrays = arrays
        self._known = {
            one.name: arrays.of.asarray(numpy_helper.to_array(one)) for one in graph.initializer
        }
        steps = []
        for node in graph.node:
            settings = {one.name: helper.get_attribute_value(one) for one in node.attribute}
            step = Step(node.op_type, tuple(node.input), node.output[0], settings)
            if all(name in self._known for name in step.reads):
                self._known[step.makes] = self._do(step, self._known)
            else:
                steps.append(step)
        self._steps = _with_last_use(steps, {one.name for one in graph.output}, self._known)

    def run(self, outputs: Sequence[str], inputs: Mapping[str, Array]) -> list[Array]:
        """Return the named outputs, in the memory of the device."""
        made = dict(self._known)
        made |= {name: self._arrays.of.asarray(value) for name, value in inputs.items()}
        for step in self._steps:
            made[step.makes] = self._do(step, made)
            for name in step.done_with:
                del made[name]
        return [made[name] for name in outputs]

    def _do(self, step: Step, made: Mapping[str, Array]) -> Array:
        return KINDS[step.kind](self._arrays, step.settings, *(made[name] for name in step.reads))


def _with_last_use(
    steps: Sequence[Step], outputs: set[str], known: Mapping[str, Array]
) -> list[Step]:
    """Return the steps, each with what no later one reads, so that a small card is enough."""
    later = set(outputs) | set(known)
    marked = []
    for step in reversed(steps):
        marked.append(step._replace(done_with=tuple(sorted({*step.reads} - later))))
        later |= {*step.reads}
    return marked[::-1]


def _cast(arrays: Arrays, settings: Mapping[str, Any], x: Array) -> Array:
    """Return `x` as 32-bit floats, the only type that our models cast to."""
    del arrays, settings
    return x.astype(np.float32)


def _normal(arrays: Arrays, settings: Mapping[str, Any], x: Array, gain: Array, to: Array) -> Array:
    """Return `x` with mean 0 and variance 1 along its last axis (Ba, Kiros and Hinton 2016)."""
    x = x - x.mean(axis=-1, keepdims=True)
    spread = arrays.of.square(x).mean(axis=-1, keepdims=True)
    return x / arrays.of.sqrt(spread + np.float32(settings["epsilon"])) * gain + to


def _attention(
    arrays: Arrays, settings: Mapping[str, Any], query: Array, key: Array, value: Array
) -> Array:
    """Return scaled dot-product attention with several heads (Vaswani et al. 2017)."""
    n, length, wide = query.shape
    heads = settings["num_heads"]
    query, key, value = (
        one.reshape(n, length, heads, wide // heads).transpose(0, 2, 1, 3)
        for one in (query, key, value)
    )
    near = query @ key.transpose(0, 1, 3, 2) * np.float32((wide // heads) ** -0.5)
    near = arrays.of.exp(near - near.max(axis=-1, keepdims=True))
    looked = near @ value / near.sum(axis=-1, keepdims=True)
    return looked.transpose(0, 2, 1, 3).reshape(n, length, wide)


def _gelu(arrays: Arrays, settings: Mapping[str, Any], x: Array) -> Array:
    """Return x·Φ(x) with Φ exact, not by the tangent (Hendrycks and Gimpel 2016)."""
    del settings
    return x * (arrays.erf(x * np.float32(0.5**0.5)) + np.float32(1)) * np.float32(0.5)


KINDS: Mapping[str, Callable[..., Array]] = {
    "Add": lambda arrays, settings, x, y: x + y,
    "Cast": _cast,
    "Gather": lambda arrays, settings, x, places: x[places],
    "Gelu": _gelu,
    "Identity": lambda arrays, settings, x: x,
    "LayerNormalization": _normal,
    "MatMul": lambda arrays, settings, x, y: x @ y,
    "Mul": lambda arrays, settings, x, y: x * y,
    "MultiHeadAttention": _attention,
    "Shape": lambda arrays, settings, x: arrays.of.asarray(x.shape),
    "Slice": lambda arrays, settings, x, start, end: x[int(start[0]) : int(end[0])],
}
