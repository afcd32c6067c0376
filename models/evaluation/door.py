"""Questions through the chat's own door, and what came back: words, facts and geometry, each as the panel gets it."""

import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np

from ..assistant import Assistant
from ..cancel import CancelToken
from ..conversation import Done, Facts, Mask, Question, Region, Text, Turn, View
from ..errors import TerralogueError
from ..features import MaskFeature
from ..imagery.grid import Grid
from ..imagery.regions import region_mask
from .manifest import box_of

_IN_DETAIL = re.compile(r"\bin (?:full |more |great )?(?:detail|depth|full)\b|\bdetailed\b|\bfull (?:description|account)\b")


@dataclass(frozen=True)
class Answer:
    """One answer. ``error``: why there is none, "" if there is one. ``features``: in the order of the answer."""

    text: str = ""
    facts: Dict[str, Any] = field(default_factory=dict)
    features: Tuple[MaskFeature, ...] = ()
    declined: bool = False
    voice: Any = ""
    error: str = ""

    @property
    def spoken(self) -> bool:
        """Whether the decoder said it, or at least a sentence of it."""
        return isinstance(self.voice, dict) and bool(self.voice["supported"] or self.voice["hedged"])

    def masks(self, grid: Grid) -> List[np.ndarray]:
        """(H, W) bool of each feature on the image's own pixels."""
        return [region_mask(Region((feature.rings,)), grid) for feature in self.features]

    def boxes(self, grid: Grid) -> np.ndarray:
        """(n, 4) x0, y0, x1, y1 of the features in the image's own pixels."""
        inverse: Any = ~grid.affine
        found = []
        for feature in self.features:
            shell = np.array([inverse * (x, y) for x, y in np.asarray(feature.rings[0])])
            found.append([*shell.min(0), *shell.max(0)])
        return np.array(found, np.float64).reshape(-1, 4)


class Door:
    """Asks one engine. ``speaking``: False leaves all words to the composed sentences. ``brief``: nothing is asked for in
    detail, whatever the question says."""

    def __init__(self, engine: Any, speaking: bool = True, brief: bool = False) -> None:
        self._assistant, self._brief = Assistant(engine, speaking=speaking), brief

    def ask(self, turns: Sequence[str], views: Tuple[View, ...]) -> Answer:
        """The answer to the last of ``turns``, each asked with those before it in mind. What goes wrong is its ``error``."""
        history: List[Turn] = []
        answer = Answer()
        for text in turns:
            answer = self._ask(text, views, tuple(history))
            history.append(Turn(text, answer.text, answer.facts))
        return answer

    def _ask(self, text: str, views: Tuple[View, ...], history: Tuple[Turn, ...]) -> Answer:
        detail = "detailed" if not self._brief and _IN_DETAIL.search(text.lower()) else "brief"
        said: List[str] = []
        facts: Dict[str, Any] = {}
        features: Tuple[MaskFeature, ...] = ()
        provenance: Dict[str, Any] = {}
        try:
            for event in self._assistant.ask(Question(text, views, history, detail), CancelToken()):
                if isinstance(event, Text):
                    said.append(event.text)
                elif isinstance(event, Facts):
                    facts = event.facts
                elif isinstance(event, Mask):
                    features = event.features.features
                elif isinstance(event, Done):
                    provenance = event.provenance
        except TerralogueError as error:
            return Answer("".join(said), facts, features, error=str(error))
        return Answer("".join(said), facts, features, bool(provenance.get("declined")), provenance.get("voice", ""))


def pointed_at(answer: Answer, grid: Grid) -> Tuple[float, float]:
    """(x, y) of the pixel of the answer's first feature that lies nearest to the middle of its box."""
    mask = answer.masks(grid)[0]
    if not mask.any():
        x0, y0, x1, y1 = answer.boxes(grid)[0]
        return (x0 + x1) / 2, (y0 + y1) / 2
    x0, y0, x1, y1 = box_of(mask)
    rows, cols = np.nonzero(mask)
    near = np.argmin((rows + 0.5 - (y0 + y1) / 2) ** 2 + (cols + 0.5 - (x0 + x1) / 2) ** 2)
    return float(cols[near]) + 0.5, float(rows[near]) + 0.5
