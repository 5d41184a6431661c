# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6", "onnx==1.22.0", "safetensors", "tokenizers", "torch>=2.4"]
# ///
"""Tune the sentence model on the codebook: comments about one topic of SEND support come together.

    uv run nlp_models/domain/tune.py               hours on two cores, minutes on a GPU
    uv run nlp_models/domain/tune.py --kept FILE   only write what was tuned elsewhere

All six layers of nlp_models/embedding learn; its word pieces stay, and are not kept twice. Two
things are learnt at once: which topic a comment is about (cross-entropy over cosines), and that
comments about one topic lie closer than others (supervised contrastive loss, Khosla et al. 2020).
Three runs from the same start with different seeds are averaged, weight by weight (Wortsman et al.
2022). Writer 7 of the codebook is kept back. Seeds are fixed, but the arithmetic of a GPU, of a
processor and of versions of PyTorch differ in the last digits, so the bytes come out alike only on
the same machine; the figures in the card come from the file that is shipped.
"""

import argparse
import hashlib
import importlib.util
import json
import math
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

HERE = Path(__file__).parent
EMBEDDING = HERE.parent / "embedding"
_spec = importlib.util.spec_from_file_location("embedding_make", EMBEDDING / "make.py")
assert _spec
assert _spec.loader
embedding = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(embedding)

KEPT_BACK = 7
NONE = "none"
SEEDS = (0, 1, 2)
EPOCHS = 30
RATE, HEAD_RATE = 3e-4, 2e-3
TOPICS_A_BATCH, COMMENTS_A_TOPIC = 32, 4
TEMPERATURE, CONTRAST, SMOOTHING = 0.07, 0.5, 0.1
DROPPED, HIDDEN = (
    0.1,
    0.1,
)  # Shares of connections, and of word pieces, that are left out at random.
LONGEST, PAD, MASK = 192, 0, 103
PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "looked": "attention.output.dense",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
}
NORMS = {"first": "attention.output.LayerNorm", "second": "output.LayerNorm"}

Weights = dict[str, NDArray[Any]]


class Comments(NamedTuple):
    """Token numbers of each comment, and the number of its topic; `none` is the last."""

    ids: list[NDArray[np.int64]]
    topics: NDArray[np.int64]


class Layer(nn.Module):
    """One layer of MiniLM."""

    def __init__(self, weights: Weights, key: str) -> None:
        """Begin with the published weights."""
        super().__init__()
        for name, part in PARTS.items():
            weight = torch.tensor(weights[f"{key}.{part}.weight"])
            linear = nn.Linear(weight.shape[1], weight.shape[0])
            linear.weight.data, linear.bias.data = (
                weight,
                torch.tensor(weights[f"{key}.{part}.bias"]),
            )
            self.add_module(name, linear)
        for name, part in NORMS.items():
            norm = nn.LayerNorm(384, eps=1e-12)
            norm.weight.data = torch.tensor(weights[f"{key}.{part}.weight"])
            norm.bias.data = torch.tensor(weights[f"{key}.{part}.bias"])
            self.add_module(name, norm)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        """Return vectors (n, length, 384); `hidden` is far below 0 where there is no token."""
        dropped = DROPPED if self.training else 0.0
        heads = [
            part(x).unflatten(-1, (embedding.HEADS, -1)).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        ]
        looked = functional.scaled_dot_product_attention(
            *heads, attn_mask=hidden, dropout_p=dropped
        )
        looked = self.looked(looked.transpose(1, 2).flatten(2))
        x = self.first(functional.dropout(looked, dropped) + x)
        wide = self.narrow(functional.gelu(self.wide(x)))
        return self.second(functional.dropout(wide, dropped) + x)


class Topics(nn.Module):
    """A classifier of topics by cosine, for vectors of length 1: what each model ends with."""

    width, pad, mask = 384, PAD, MASK
    layers: nn.ModuleList

    def begin(self, n_topics: int) -> None:
        """Make room for the topics."""
        self.topics = nn.Parameter(torch.zeros(n_topics, self.width))
        self.bias = nn.Parameter(torch.zeros(n_topics))
        self.sharpness = nn.Parameter(torch.tensor(math.log(14.0)))

    def classify(self, vectors: Tensor) -> Tensor:
        """Return the logits of each topic (n, n_topics)."""
        return vectors @ self.classifier().T + self.bias

    def classifier(self) -> Tensor:
        """Return the weights of the topics (n_topics, width)."""
        return self.sharpness.exp() * functional.normalize(self.topics, dim=-1)


class Model(Topics):
    """MiniLM, and on it the topics."""

    def __init__(self, weights: Weights, n_topics: int) -> None:
        """Begin with the published weights."""
        super().__init__()
        self.register_buffer("words", torch.tensor(weights["words"]))
        self.register_buffer("places", torch.tensor(weights["places"][:LONGEST]))
        self.start = nn.LayerNorm(384, eps=1e-12).requires_grad_(False)
        self.start.weight.data = torch.tensor(weights["embeddings.LayerNorm.weight"])
        self.start.bias.data = torch.tensor(weights["embeddings.LayerNorm.bias"])
        self.layers = nn.ModuleList(
            Layer(weights, f"encoder.layer.{number}") for number in range(embedding.LAYERS)
        )
        self.begin(n_topics)

    def forward(self, ids: Tensor) -> Tensor:
        """Return one vector of length 1 a comment (n, 384), for padded ids (n, length)."""
        there = ids != PAD
        x = self.start(self.words[ids] + self.places[: ids.shape[1]])
        hidden = torch.zeros(len(ids), 1, 1, ids.shape[1], device=ids.device)
        hidden = hidden.masked_fill(~there[:, None, None], -1e4).to(x.dtype)
        for layer in self.layers:
            x = layer(x, hidden)
        summed = (x.float() * there[..., None]).sum(dim=1)
        return functional.normalize(summed, dim=-1)


def shipped_weights() -> Weights:
    """Return the weights of nlp_models/embedding as they are shipped: rounded, and floats again."""
    model = onnx.load(str(EMBEDDING / "model.onnx"))
    kept = {one.name: numpy_helper.to_array(one).copy() for one in model.graph.initializer}
    kept["words"] = kept["words.weight"] * kept["words.scale"]
    for name in [name for name in kept if name.startswith("encoder") and name.endswith(".scale")]:
        weight = name.replace(".scale", ".weight")
        kept[weight] = np.ascontiguousarray((kept[weight] * kept[name]).T)
    return kept


def read_comments(
    tokenizer_file: Path = EMBEDDING / "tokenizer.json",
) -> tuple[Comments, Comments]:
    """Return the comments to learn from, and those of the writer who is kept back."""
    order = [
        one["id"] for one in json.loads((HERE.parent / "codebook/topics.json").read_text("utf-8"))
    ]
    lines = (HERE.parent / "codebook/comments.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    ids = [np.array(one.ids) for one in tokenizer.encode_batch([row["text"] for row in rows])]
    topics = np.array([order.index(row["topic"]) for row in rows])
    kept = np.array([row["writer"] == KEPT_BACK for row in rows])
    return tuple(
        Comments([ids[place] for place in np.flatnonzero(some)], topics[some])
        for some in (~kept, kept)
    )  # type: ignore[return-value]  # There are two.


def batch(ids: list[NDArray[np.int64]], device: torch.device, pad: int) -> Tensor:
    """Return ids (n, length), padded."""
    padded = np.full((len(ids), max(map(len, ids))), pad)
    for row, one in enumerate(ids):
        padded[row, : len(one)] = one
    return torch.tensor(padded, device=device)


def worn(ids: NDArray[np.int64], random: np.random.Generator, mask: int) -> NDArray[np.int64]:
    """Leave out some word pieces, or hide them, so that no single word is relied on."""
    gone = random.random(len(ids)) < HIDDEN
    gone[[0, -1]] = False
    return ids[~gone] if random.random() < 0.5 else np.where(gone, mask, ids)


def encode(model: Topics, comments: Comments, device: torch.device) -> Tensor:
    """Return the vectors of comments (n, 384)."""
    model.eval()
    order = np.argsort([len(ids) for ids in comments.ids], kind="stable")
    vectors = torch.empty(len(order), model.width)
    with torch.no_grad():
        for start in range(0, len(order), 128):
            some = order[start : start + 128]
            vectors[some] = model(
                batch([comments.ids[place] for place in some], device, model.pad)
            ).cpu()
    return vectors


def loss_of(model: Topics, vectors: Tensor, topics: Tensor, none: int) -> Tensor:
    """Return how wrong the topics are, and how mixed the comments lie."""
    wrong = functional.cross_entropy(model.classify(vectors), topics, label_smoothing=SMOOTHING)
    itself = torch.eye(len(topics), dtype=torch.bool, device=topics.device)
    alike = (vectors @ vectors.T / TEMPERATURE).masked_fill(itself, -1e4).log_softmax(dim=-1)
    together = (topics[:, None] == topics) & ~itself & (topics[:, None] != none)
    some = together.any(dim=1)
    mixed = -(alike * together).sum(dim=1)[some] / together.sum(dim=1)[some]
    return wrong + CONTRAST * mixed.mean()


def train(
    model: Topics,
    comments: Comments,
    seed: int,
    device: torch.device,
    *,
    epochs: int = EPOCHS,
    rate: float = RATE,
) -> None:
    """Let a model learn from the comments: what of its layers may change, and the topics."""
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    n_topics = int(comments.topics.max()) + 1
    model.to(device)
    body = [one for one in model.layers.parameters() if one.requires_grad]
    vectors = encode(model, comments, device)
    for topic in range(n_topics):
        model.topics.data[topic] = vectors[torch.tensor(comments.topics == topic)].mean(dim=0)
    head = [model.topics, model.bias, model.sharpness]
    groups = [
        {"params": body, "lr": rate, "weight_decay": 0.01},
        {"params": head, "lr": HEAD_RATE, "weight_decay": 0.0},
    ]
    optimiser = torch.optim.AdamW(groups)
    n_steps = math.ceil(epochs * len(comments.ids) / (TOPICS_A_BATCH * COMMENTS_A_TOPIC))

    def pace(step: int) -> float:
        return min(1, (step + 1) / (0.1 * n_steps)) * max(
            0.02, 0.5 * (1 + math.cos(math.pi * step / n_steps))
        )

    paced = torch.optim.lr_scheduler.LambdaLR(optimiser, pace)
    waiting: dict[int, list[int]] = {topic: [] for topic in range(n_topics)}
    for step in range(n_steps):
        model.train()
        drawn = []
        for topic in random.choice(n_topics, TOPICS_A_BATCH, replace=False).tolist():
            if len(waiting[topic]) < COMMENTS_A_TOPIC:
                waiting[topic] += random.permutation(
                    np.flatnonzero(comments.topics == topic)
                ).tolist()
            drawn += waiting[topic][:COMMENTS_A_TOPIC]
            del waiting[topic][:COMMENTS_A_TOPIC]
        ids = batch(
            [worn(comments.ids[place], random, model.mask) for place in drawn], device, model.pad
        )
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            vectors = model(ids)
        topics = torch.tensor(comments.topics[drawn], device=device)
        loss = loss_of(model, vectors.float(), topics, n_topics - 1)
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(body, 1.0)
        optimiser.step()
        paced.step()
        if step % 50 == 0:
            print(f"seed {seed}: step {step} of {n_steps}, loss {loss.item():.3f}", flush=True)


def averaged(models: list[Model]) -> Model:
    """Return the first model with each weight the mean over all."""
    others = [dict(model.named_parameters()) for model in models]
    with torch.no_grad():
        for name, weight in models[0].named_parameters():
            weight.copy_(torch.stack([other[name] for other in others]).mean(dim=0))
    return models[0]


def published_names(model: Model) -> Weights:
    """Return the weights that learnt, under the names that they have in the published file."""
    kept = {}
    for number, layer in enumerate(model.layers):
        for name, part in {**PARTS, **NORMS}.items():
            for which in ("weight", "bias"):
                value = getattr(getattr(layer, name), which).detach().cpu().float().numpy()
                kept[f"encoder.layer.{number}.{part}.{which}"] = value
    return kept | {
        "topics.weight": model.classifier().detach().cpu().numpy(),
        "topics.bias": model.bias.detach().cpu().numpy(),
    }


def pack(kept: Weights, file: Path) -> None:
    """Keep weights in 8 bits, as they will be shipped, with a scale for each output."""
    packed = {}
    for name, value in kept.items():
        if value.ndim == 2 and name.startswith("encoder"):
            packed[name], packed[f"{name}.scale"] = embedding.rounded(value, axis=1)
        else:
            packed[name] = value
    np.savez(file, allow_pickle=False, **packed)


def unpacked(file: Path) -> Weights:
    """Return what `pack` kept, as floats."""
    with np.load(file, allow_pickle=False) as kept:
        return {
            name: kept[name] * kept[f"{name}.scale"]
            if f"{name}.scale" in kept.files
            else kept[name]
            for name in kept.files
            if not name.endswith(".scale")
        }


def write(kept: Weights, card: str) -> None:
    """Write model.onnx, topics.npz and card.toml beside this script."""
    graph = embedding.Graph(kept)
    (HERE / "model.onnx").write_bytes(embedding.finish(graph, "voice-domain", "pieces", "pieces"))
    topics = {name: kept[f"topics.{name}"].astype(np.float32) for name in ("weight", "bias")}
    np.savez(HERE / "topics.npz", allow_pickle=False, **topics)
    for name in ("model.onnx", "topics.npz"):
        card += f'"{name}" = "{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}"\n'
    (HERE / "card.toml").write_text(card, encoding="utf-8")


def main() -> None:
    """Tune, or take what was tuned elsewhere, and write."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--kept", type=Path, help="weights tuned elsewhere, as --keep wrote them")
    asked.add_argument("--keep", type=Path, help="write the tuned weights to this file, only")
    given = asked.parse_args()
    card = (HERE / "card.toml").read_text(encoding="utf-8").split("[files]\n")[0] + "[files]\n"
    if given.kept:
        return write(unpacked(given.kept), card)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    weights = shipped_weights()
    learnt, kept_back = read_comments()
    models = [Model(weights, int(learnt.topics.max()) + 1) for _ in SEEDS]
    for seed, one in zip(SEEDS, models, strict=True):
        train(one, learnt, seed, device)
    model = averaged(models)
    if kept_back.ids:
        found = model.classify(encode(model, kept_back, device).to(device)).argmax(dim=1)
        right = (found.cpu().numpy() == kept_back.topics).mean()
        print(f"topic right in {right:.1%} of {len(kept_back.ids)} comments kept back")
    tuned = published_names(model)
    return pack(tuned, given.keep) if given.keep else write(tuned, card)


if __name__ == "__main__":
    main()
