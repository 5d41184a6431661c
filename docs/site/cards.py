"""A page for each language model, from its card: what it is for, how well, where it fails."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def pages(models: Path) -> dict[str, str]:
    """Return the Markdown of each model's page, by the model's name."""
    return {card.parent.name: page(_read(card)) for card in sorted(models.glob("*/card.toml"))}


def page(card: Mapping[str, Any]) -> str:
    """Return one card as Markdown."""
    parts = [
        f"# Model card: {card['name']}",
        card["what_for"],
        f"Version {card['version']}. Licence: {card['licence']}.",
        "## How well it does",
        _listed(card["how_well"]),
        "## Where it fails",
        _listed(card["where_it_fails"]),
        "## What it is made from",
        _table(("what", "from"), card["made_from"], "{}"),
        "## Its files",
        "Voice refuses to load a file that differs from its sum here.",
        _table(("file", "SHA-256"), card["files"], "`{}`"),
        "What all models are, and how each is made again: [Models](index.md).",
    ]
    return "\n\n".join(parts) + "\n"


def _read(card: Path) -> dict[str, Any]:
    return tomllib.loads(card.read_text(encoding="utf-8"))


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(head: tuple[str, str], rows: Mapping[str, str], shape: str) -> str:
    lines = [f"| {head[0]} | {head[1]} |", "|---|---|"]
    lines += [
        f"| {name.replace('_', ' ') if shape == '{}' else f'`{name}`'} | {shape.format(value)} |"
        for name, value in rows.items()
    ]
    return "\n".join(lines)
