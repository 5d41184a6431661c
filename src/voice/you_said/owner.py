"""Who is responsible: a role, never a person. Finds a name where a role should stand."""

import re

TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Sir|Dame)\b\.?\s+[A-Z]")
LIKE_A_NAME = re.compile(r"[A-Z][a-zà-ÿ'’]+(?:[ -][A-Z][a-zà-ÿ'’]+){1,3}")
OF_A_ROLE = re.compile(
    r"\b(?:advis[eo]r|assistant|board|cabinet|chair|chief|clerk|commission|committee|consultant"
    r"|coordinator|council|deputy|director|doctor|education|executive|forum|governor|group|head"
    r"|health|lead|manager|member|nurse|officer|paediatric|panel|partnership|principal|psycholog"
    r"|quality|school|senco|service|social|special|strategic|support|teacher|team|therap"
    r"|transport|trust|worker)",
    re.IGNORECASE,
)


def is_like_a_name(role: str) -> bool:
    """Tell whether a person seems to be named; small letters are always taken for a role."""
    like_a_name = LIKE_A_NAME.fullmatch(role) and not OF_A_ROLE.search(role)
    return bool(TITLE.search(role) or "@" in role or like_a_name)
