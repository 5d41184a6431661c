# /// script
# requires-python = ">=3.11"
# dependencies = ["cefrpy==1.0.3", "wordfreq==3.1.1"]
# ///
"""Make the list of English words: how common each is, and at which level learners meet it.

Run it with `uv run nlp_models/words/make.py`, or in any environment that has the packages named
above. It takes seconds, and the same versions give the same bytes. `lists.toml` is written by hand;
run this again after changing it, so that the card knows its new SHA-256.
"""

import hashlib
import re
from pathlib import Path

from cefrpy import CEFRAnalyzer
from wordfreq import iter_wordlist, zipf_frequency

HERE = Path(__file__).parent
RAREST = 3.0
PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
NO_LEVEL = 0

CARD = """\
# Written by make.py beside it; change it there.
name = "words"
version = "1"
what_for = "Says how common and how hard a word is, and which phrases are hard, for easy words."
licence = "CC-BY-SA-4.0 (english.tsv); MIT (lists.toml)"
how_well = ["See docs/easy-read.md: precision and recall of each rule on sentences kept back"]
where_it_fails = [
    "A word is judged without its meaning: “fair”, “right” and “mean” are easy in any sense",
    "Levels are those of learners of English, mostly of the shortest form, not of children",
    "Words used less than once in a million words are not in the list, and count as rare",
    "Idioms, jargon and kinds of question are found only as they are written in lists.toml",
]

[made_from]
frequency = "wordfreq 3.1.1 (Robyn Speer), English, Zipf 3.0 and above; data CC BY-SA 4.0"
frequency_from = "Google Books Ngrams (http://books.google.com/ngrams), Leeds Internet Corpus,"
frequency_and = "Wikipedia, ParaCrawl, OpenSubtitles, SUBTLEX and others that wordfreq names"
level = "cefrpy 1.0.3 (Maksym Bielikov), MIT: the mean level of a word, 1 (A1) to 6 (C2)"
level_from = "CEFR-J Wordlist (Yukio Tono, Tokyo University of Foreign Studies)"
level_and = "Octanove Vocabulary Profile (CC BY-SA 4.0)"
lists = "Written for Voice: words children know, jargon, idioms, participles, phrases in questions"

[files]
"""


def rows() -> list[str]:
    """Return a line for each word: the word, its Zipf frequency, its level (0: not known)."""
    levels = CEFRAnalyzer()
    found = []
    for word in iter_wordlist("en", "small"):
        frequency = zipf_frequency(word, "en")
        if frequency >= RAREST and PLAIN.fullmatch(word):
            level = levels.get_average_word_level_float(word)
            found.append(f"{word}\t{frequency:.2f}\t{round(level) if level else NO_LEVEL}\n")
    return sorted(found)


def main() -> None:
    """Write the list and the card."""
    (HERE / "english.tsv").write_text("".join(rows()), encoding="utf-8")
    files = [
        f'"{name}" = "{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}"\n'
        for name in ("english.tsv", "lists.toml")
    ]
    (HERE / "card.toml").write_text(CARD + "".join(files), encoding="utf-8")


if __name__ == "__main__":
    main()
