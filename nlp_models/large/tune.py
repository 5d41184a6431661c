# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "onnx==1.22.0", "pip", "safetensors", "tokenizers", "torch>=2.4"]
# ///
"""Tune the large model on the codebook, as nlp_models/domain/tune.py does the small one.

    uv run nlp_models/large/tune.py      a minute on a GPU, a day on two cores

The published weights stay, rounded to 8 bits as they will be used; what is learnt is a change of
rank 8 to each linear step (Hu et al. 2021) and the normalisations. It writes adapter.npz; run
make.py afterwards.
"""

import importlib.util
import math
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from safetensors.numpy import load
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).parent
RANK, EPOCHS, RATE, SEED = 8, 14, 1.5e-3, 0
KINDS, NEAR, FAR = 16, 8, 128


def _beside(name: str, file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tune: Any = _beside("domain_tune", HERE.parent / "domain/tune.py")
make: Any = _beside("large_make", HERE / "make.py")


class Changed(nn.Module):
    """A linear step that stays as it is, and a low-rank change that learns."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        """Begin without any change."""
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self.down = nn.Parameter(torch.randn(RANK, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(weight.shape[0], RANK))

    def forward(self, x: Tensor) -> Tensor:
        """Return the outputs."""
        low = functional.linear(functional.dropout(x, 0.05, self.training), self.down)
        straight = functional.linear(x, self.weight, self.bias)
        return straight + make.STRENGTH * functional.linear(low, self.up)


class Layer(nn.Module):
    """One layer of MPNet."""

    def __init__(self, weights: dict[str, Any], key: str) -> None:
        """Begin with the published weights, rounded as they will be used."""
        super().__init__()
        for name, part in make.NAMES.items():
            whole, scale = make.embedding.rounded(weights[f"{key}.{part}.weight"], axis=1)
            bias = torch.tensor(weights[f"{key}.{part}.bias"])
            self.add_module(name, Changed(torch.tensor(whole * scale), bias))
        for name, part in make.NORMS.items():
            norm = nn.LayerNorm(make.WIDTH, eps=1e-5)
            norm.weight.data = torch.tensor(weights[f"{key}.{part}.weight"])
            norm.bias.data = torch.tensor(weights[f"{key}.{part}.bias"])
            self.add_module(name, norm)

    def forward(self, x: Tensor, apart: Tensor) -> Tensor:
        """Return vectors (n, length, 768)."""
        dropped = tune.DROPPED if self.training else 0.0
        heads = [
            part(x).unflatten(-1, (make.HEADS, -1)).transpose(1, 2)
            for part in (self.q, self.k, self.v)
        ]
        looked = functional.scaled_dot_product_attention(
            *heads, attn_mask=apart.to(heads[0].dtype), dropout_p=dropped
        )
        looked = self.o(looked.transpose(1, 2).flatten(2))
        x = self.n1(functional.dropout(looked, dropped) + x)
        wide = self.narrow(functional.gelu(self.wide(x)))
        return self.n2(functional.dropout(wide, dropped) + x)


class Model(tune.Topics):  # type: ignore[misc]  # Loaded by its path, it has no type.
    """MPNet, and on it the topics."""

    width, pad, mask = make.WIDTH, 1, 30_526

    def __init__(self, weights: dict[str, Any], n_topics: int) -> None:
        """Begin with the published weights."""
        super().__init__()
        words, scale = make.embedding.rounded(weights["embeddings.word_embeddings.weight"], axis=1)
        places = weights["embeddings.position_embeddings.weight"][make.PADDING :]
        self.register_buffer("words", torch.tensor(words * scale))
        self.register_buffer("places", torch.tensor(places[: tune.LONGEST]))
        self.register_buffer(
            "apart", torch.tensor(weights["encoder.relative_attention_bias.weight"])
        )
        self.start = nn.LayerNorm(make.WIDTH, eps=1e-5).requires_grad_(False)
        self.start.weight.data = torch.tensor(weights["embeddings.LayerNorm.weight"])
        self.start.bias.data = torch.tensor(weights["embeddings.LayerNorm.bias"])
        self.layers = nn.ModuleList(
            Layer(weights, f"encoder.layer.{number}") for number in range(make.LAYERS)
        )
        self.begin(n_topics)

    def forward(self, ids: Tensor) -> Tensor:
        """Return one vector of length 1 a comment (n, 768), for padded ids (n, length)."""
        there = ids != self.pad
        x = self.start(self.words[ids] + self.places[: ids.shape[1]])
        hidden = torch.zeros(len(ids), 1, 1, ids.shape[1], device=ids.device)
        apart = hidden.masked_fill(~there[:, None, None], -1e4) + self.apart_for(ids.shape[1])
        for layer in self.layers:
            x = layer(x, apart)
        return functional.normalize((x.float() * there[..., None]).sum(dim=1), dim=-1)

    def apart_for(self, length: int) -> Tensor:
        """Return what is added to attention by distance: (1, heads, length, length)."""
        places = torch.arange(length, device=self.apart.device)
        distance = places[:, None] - places
        steps = distance.abs()
        far = torch.log(steps.clamp(min=1) / NEAR) / math.log(FAR / NEAR) * (KINDS - NEAR)
        coarse = (NEAR + far.long()).clamp(max=KINDS - 1)
        kind = (distance < 0).long() * KINDS + torch.where(steps < NEAR, steps, coarse)
        return self.apart[kind].permute(2, 0, 1)[None]


def write(model: Model) -> None:
    """Write adapter.npz beside this script."""
    kept = {}
    for name, value in model.layers.named_parameters(prefix="layers"):
        array = value.detach().cpu().float().numpy()
        if name.endswith((".down", ".up")):
            kept[name], kept[f"{name}.scale"] = make.embedding.rounded(array, axis=1)
        else:
            kept[name.replace(".weight", "w").replace(".bias", "b")] = array
    kept["topics.weight"] = model.classifier().detach().cpu().numpy().round(4)
    kept["topics.bias"] = model.bias.detach().cpu().numpy().round(4)
    kept["apart"] = model.apart.cpu().numpy()
    np.savez(HERE / "adapter.npz", allow_pickle=False, **kept)


def main() -> None:
    """Tune and write."""
    weights, tokenizer = make.fetch()
    (HERE / "tokenizer.json").write_bytes(tokenizer)
    learnt, kept_back = tune.read_comments(HERE / "tokenizer.json")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(SEED)
    model = Model(load(weights), int(learnt.topics.max()) + 1)
    tune.train(model, learnt, SEED, device, epochs=EPOCHS, rate=RATE)
    if kept_back.ids:
        vectors = tune.encode(model, kept_back, device).to(device)
        found = model.classify(vectors).argmax(dim=1).cpu().numpy()
        print(f"topic right in {(found == kept_back.topics).mean():.1%} of those kept back")
    write(model)


if __name__ == "__main__":
    main()
