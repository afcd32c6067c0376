"""Who says an answer: the voice where there is one and it can, the composed sentences otherwise; never without a reason."""

from dataclasses import dataclass
from typing import Any, Callable, Dict, Iterable, List, Optional, Union

from ..cancel import CancelToken
from ..conversation import Event, Part, Question, Text, Turn, View
from ..errors import Cancelled, NothingToAnalyse, RasterUnreadable, TerralogueError
from ..experts.caption import parts
from ..experts.question import QuestionResult
from ..language.answers import qualifying
from ..language.decoding import Image
from ..language.units import Units
from ..router import Intent
from .asked import Asked, left_to_composing
from .detailed import detailed
from .voice import Said, Told, Voice

Emit = Callable[[Event], None]


@dataclass
class Spoken:
    """An answer as it was said. ``voice``: what provenance tells of it."""

    text: str = ""
    voice: Union[str, Dict[str, Any]] = ""


class Speaker:
    """Says one answer through ``emit``, sentence by sentence. One thread."""

    def __init__(self, engine: Any, question: Question, intent: Intent, units: Units, emit: Emit,
                 cancel: Optional[CancelToken] = None) -> None:
        self._engine, self._question, self._intent, self._units = engine, question, intent, units
        self._emit, self._cancel = emit, cancel
        self._sentences: List[str] = []

    def say(self, result: QuestionResult) -> Spoken:
        """Say ``result`` of one view. Raises Cancelled."""
        speech = getattr(self._engine, "speech", None)
        why = left_to_composing(self._intent, self._question.text, result.facts)
        voice: Optional[Voice] = speech.voice if speech is not None and not why else None
        if voice is None:
            reason = why or (speech.reason if speech is not None else "no decoder")
            return self.composed(result, reason)
        self._say(result.before)
        said = Said()
        told = self._told(result, said)
        try:
            if self._intent.kind == "caption" and self._question.detail == "detailed":
                self._parts(voice, told, said)
            else:
                for sentence in voice.answer(told, said, self._cancel):
                    self._say([sentence])
        except Cancelled:
            raise
        except TerralogueError as error:
            # What was said so far was checked; the rest is composed, and the reason told.
            said.report.why(str(error))
            said.report.composed += len(result.body)
            self._say(result.body)
        self._say(qualifying(result.body))
        self._say(result.after)
        voice.remember(Turn(self._question.text, self._text, result.facts), said)
        return Spoken(self._text, said.report.as_dict())

    def composed(self, result: QuestionResult, reason: str) -> Spoken:
        """Say the composed sentences; ``reason``: why not the voice."""
        self._say(result.sentences, again=True)
        if self._intent.kind == "caption" and self._question.detail == "detailed":
            for name, sentences in parts(result.facts, self._units).items():
                if sentences:
                    self._emit(Part(name, " ".join(sentences)))
        return Spoken(self._text, f"composed sentences ({reason})")

    def _parts(self, voice: Voice, told: Told, said: Said) -> None:
        spoken: List[str] = []
        for name, sentence in detailed(voice, told, parts(told.facts, self._units), said.report, self._cancel):
            if sentence is None:
                self._emit(Part(name, " ".join(spoken)))
                spoken = []
            else:
                self._say([sentence])
                spoken.append(sentence)

    def _told(self, result: QuestionResult, said: Said) -> Told:
        asked = Asked.of(self._intent, self._question.text)
        return Told(asked, result.facts, result.body, self._image(self._question.views[0], said), self._question.history,
                    self._question.expert_requests, self._units)

    def _image(self, view: View, said: Said) -> Optional[Image]:
        """The view's image tokens, cached by the engine; None, with the reason told, where it has none."""
        try:
            glance = self._engine.glance(view, self._cancel)
        except (Cancelled, NothingToAnalyse, RasterUnreadable):
            raise
        except TerralogueError as error:
            said.report.why(f"without the picture: {error}")
            return None
        return Image(glance.key, glance.tokens)

    def _say(self, sentences: Iterable[str], again: bool = False) -> None:
        """``again``: what was said before may be repeated."""
        for sentence in sentences:
            if self._cancel is not None:
                self._cancel.raise_if_cancelled()
            if again or sentence not in self._sentences:
                self._emit(Text(f" {sentence}" if self._sentences else sentence))
                self._sentences.append(sentence)

    @property
    def _text(self) -> str:
        return " ".join(self._sentences)
