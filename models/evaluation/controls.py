"""Controls: what an answer loses when a part of what it rests on is taken away."""

from dataclasses import dataclass
from typing import Any, Iterator, Optional

from ..cancel import CancelToken
from ..conversation import View as Shown
from ..errors import ModelUnreadable, TerralogueError
from ..language.decoder import NO_EXPERT
from ..language.decoding import Conversation, Sampling, generate
from ..language.prompting import EXPERTS, View, asked_ids, known, prompt
from ..language.sentences import sentences
from ..language.slots import filled
from ..voice.drafting import words_only
from ..voice.voice import Said, Told, Voice

#: "": none. The first three take from the eyes, "nofacts" and "noimage" from the decoder of language.
CONTROLS = ("", "blank", "shuffle", "random", "nofacts", "noimage")
_MOST = 96


class ControlImpossible(TerralogueError):
    """The model has nothing that the control could be taken from."""


class FactlessVoice(Voice):
    """A voice that is told no facts: it answers from the picture alone, unchecked, and nothing is composed in its stead.

    Slots are still filled from what was measured, as they always are: it says of what there is a number, not which.
    """

    def answer(self, told: Told, said: Said, cancel: Optional[CancelToken] = None) -> Iterator[str]:
        """The sentences as they were drafted; one whose slots cannot be filled is left out."""
        expert = told.asked.expert if self.experts else NO_EXPERT
        self.begin(said.report, told, "" if expert == NO_EXPERT else EXPERTS[expert].name)
        coder = self.decoder.coder
        word = "" if expert == NO_EXPERT else f"{EXPERTS[expert].word} "
        question, said.report.cut = asked_ids(coder, word + told.asked.text)
        whole = prompt(coder, [View(told.image, None)], question)
        tokens = generate(Conversation(self.decoder, expert), whole, Sampling(most=_MOST), words_only(coder, told.facts), cancel)
        for sentence in sentences(coder, (token.id for token in tokens)):
            said.report.sentences += 1
            try:
                text = filled(sentence.strip(), known(told.facts), told.units)
            except (KeyError, ValueError) as error:
                said.report.dropped += 1
                said.report.why(f"a slot that cannot be filled: {error}")
                continue
            if text:
                said.report.supported += 1
                yield text


@dataclass
class OneVoice:
    """A voice in place of that of a model's folder; see ``voice.loading.Speech``."""

    voice: Voice
    reason: str = ""

    @property
    def state(self) -> str:
        """What speaks, in a phrase."""
        return f"decoder {self.voice.model}"

    def clear(self) -> None:
        """Forget what was read."""
        self.voice.memory.clear()


def hobbled(engine: Any, control: str) -> None:
    """Put a control of the language side in force. Raises ControlImpossible for an engine without a decoder."""
    if control not in ("nofacts", "noimage"):
        return
    voice = engine.speech.voice
    if voice is None:
        raise ControlImpossible(f"The control “{control}” needs the language decoder: {engine.speech.reason}.")
    if control == "nofacts":
        engine.speech = OneVoice(FactlessVoice(voice.decoder, voice.model, voice.experts))
    else:
        engine.glance = _nothing_to_see


def _nothing_to_see(view: Shown, cancel: Optional[CancelToken] = None, interactive: bool = True) -> Any:
    """In place of ``Engine.glance``: what an engine says whose model has no image tokens."""
    raise ModelUnreadable(view.source.name, "the control “noimage” shows the decoder no picture")
