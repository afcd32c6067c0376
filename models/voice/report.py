"""What the voice did for one answer, as provenance tells it."""

from dataclasses import dataclass, field
from typing import Any, Dict, List

from ..language.claims.rows import SUPPORTED
from .checking import DROPPED, HEDGED, REFUSED, Checked

#: Reasons kept.
_REASONS = 8


@dataclass
class Report:
    """Counts of sentences. ``sentences``: the decoder's that came to a verdict; ``retried``: drafts written again;
    ``composed``: sentences of rules in place of the decoder's; ``tokens`` written; ``reasons`` of what was not said.
    """

    model: str = ""
    expert: str = ""
    sentences: int = 0
    supported: int = 0
    hedged: int = 0
    retried: int = 0
    composed: int = 0
    dropped: int = 0
    tokens: int = 0
    seconds: float = 0.0
    picture: bool = False
    cut: bool = False
    reasons: List[str] = field(default_factory=list)

    def count(self, checked: Checked) -> None:
        """One sentence came to a verdict."""
        self.sentences += 1
        self.supported += checked.outcome == SUPPORTED
        self.hedged += checked.outcome == HEDGED
        self.dropped += checked.outcome in (DROPPED, REFUSED)
        self.why(checked.reason)

    def why(self, reason: str) -> None:
        """Keep a reason, the first few of them."""
        if reason and len(self.reasons) < _REASONS:
            self.reasons.append(reason[:160])

    def as_dict(self) -> Dict[str, Any]:
        """JSON-able. ``rewrite_rate``: of all sentences said, how many are composed ones, 0..1."""
        said = self.supported + self.hedged + self.composed
        return {
            "model": self.model, "expert": self.expert, "picture": self.picture, "question_cut": self.cut,
            "sentences": self.sentences, "supported": self.supported, "hedged": self.hedged, "retried": self.retried,
            "composed": self.composed, "dropped": self.dropped,
            "rewrite_rate": round(self.composed / said, 4) if said else 0.0, "tokens": self.tokens,
            "seconds": round(self.seconds, 3), "reasons": list(self.reasons),
        }
