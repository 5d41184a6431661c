"""The shapes of questions and sentences that the rules about asking look for."""

import re
from functools import cache

NEGATIVE = re.compile(
    r"(?<!or )(?<!if )\bnot\b|(?<!whether )\bor not\b(?=\s+\w)|\b\w+n't\b|\bcannot\b|\bnever\b|"
    r"\bno[- ]one\b|\bhardly\b|"
    r"\b(?:nobody|nothing|none|nowhere|neither)\b|"
    r"(?<!or )(?<!and )\bno\b(?=\s+\w)(?! or\b| matter\b)",
    re.IGNORECASE,
)
UN = re.compile(r"\bun[a-z]{3,}\b", re.IGNORECASE)
NOT_UN = re.compile(
    r"under|until|unless|uncle|uni|unto|unwrap|unpack|unlock|undo|undress|unload|unplug|unzip|"
    r"unravel|unveil"
)
OPENING = re.compile(
    r"(?:^|[,;:–-]\s*|\b(?:but|and|so)\s+)"
    r"(?:do|is|are|would|does|did|ca|could|should|wo|have|has|were|was)n't\s+"
    r"(?:you|it|they|we|he|she|i|your|the|this|that|there|people|school|everyone)\b",
    re.IGNORECASE,
)
TAG = re.compile(
    r"[,–-]\s*(?:(?:do|does|did|is|are|was|were|has|have|can|will|would|should|could|ca|wo)"
    r"(?:n't)?\s+(?:you|it|they|he|she|we|i|there|that)(?:\s+not)?|"
    r"right|yes|no|correct|ok|okay|eh)\s*\?",
    re.IGNORECASE,
)
PRESUMED = re.compile(
    r"\bwhy (?:do|did|are|were) (?:you|they) (?:really )?"
    r"(?:like|love|hate|enjoy|dislike|happy|unhappy|sad|angry)\b|"
    r"\bhow much (?:do|did|does|has|have) [\w' ]{1,30}?\b"
    r"(?:like|love|enjoy|hate|help|helped|improve|improved|better)\b|"
    r"\bhow (?:happy|pleased|glad) (?:are|were) you that\b|\bof course\b|"
    r"\bwhat is so (?:good|bad)\b",
    re.IGNORECASE,
)
AGREE = re.compile(r"\bagrees?\b(?!\s+to\b)", re.IGNORECASE)
TYPED = re.compile(
    r"(?:^|[.!?]\s+)(?:please\s+)?(?:type|write|fill in|key in|enter)\b[^.?!]*\b"
    r"(?:answers?|box|below|here|words|space|line|comments?|think)\b|"
    r"\b(?:type|write)\b[^.?!]*\bin the (?:box|space)|\buse the (?:text )?box\b",
    re.IGNORECASE,
)
ANOTHER_WAY = re.compile(
    r"\b(?:draw|say|speak|talk|tell|record|skip|miss|ask|sign|picture|photo|point|"
    r"leave (?:it|this) blank|someone|help)\b",
    re.IGNORECASE,
)
HELP_OR_SKIP = re.compile(
    r"\b(?:skip|miss (?:this|it)|(?:do not|don't) have to|call|ring|phone|text|childline|"
    r"help ?line|999|0800)\b",
    re.IGNORECASE,
)


@cache
def praising(praise: frozenset[str]) -> re.Pattern[str]:
    """Return the shape of “how good is …”, for these words of praise and blame."""
    words = "|".join(sorted(praise))
    verbs = "is|are|was|were|do|does|did|has|have|had|can|will|would|'s"
    of_what = r"(?: an? \w+| of an? \w+)?"
    return re.compile(rf"\bhow (?:very |really )?(?:{words}){of_what}\s?(?:{verbs})\b", re.I)


@cache
def loaded(words: frozenset[str]) -> re.Pattern[str]:
    """Return the shape of “your wonderful teacher”, for these words."""
    owner = r"(?:your|our|the|this|these|my|such an?)"
    praised = rf"(?:very |really |new )?(?:{'|'.join(sorted(words))}) (?:new )?[a-z]{{3,}}"
    return re.compile(rf"\b{owner} {praised}", re.IGNORECASE)
