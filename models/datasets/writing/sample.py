"""What the writers take: a chip, or two, with everything that is to be said about it."""

from dataclasses import dataclass
from typing import Optional, Tuple

from ..chip import Chip, Dialogue
from ..tags import TagCaption

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class Sample:
    """``chips``: one, or those that the dialogues speak of, in order. ``captions``: whole sentences, best first.

    ``split``: one of ``SPLITS``. Writers take what their format has a place for.
    """

    chips: Tuple[Chip, ...]
    dialogues: Tuple[Dialogue, ...] = ()
    captions: Tuple[str, ...] = ()
    tag_caption: Optional[TagCaption] = None
    split: str = "train"

    def __post_init__(self) -> None:
        if not self.chips or self.split not in SPLITS:
            raise ValueError(f"a sample needs a chip and a split out of {SPLITS}, got {self.split!r}")

    @property
    def chip(self) -> Chip:
        """The first chip."""
        return self.chips[0]
