"""The chat's door: a question in, a stream of events out. Routes, runs one expert, streams its sentences."""

import queue
import threading
import time
from typing import Any, Dict, Generator, Iterator, List, Optional, Sequence, Tuple

from .cancel import CancelToken
from .conversation import Done, Event, Facts, Link, Mask, Question, Running, Text, View
from .errors import QuestionUnclear, UnknownConcept
from .experts import change
from .experts import question as question_expert
from .facts import SCHEMA
from .features import FeatureSet
from .language.compose import HELP, Units, declined
from .router import Intent, route


class Assistant:
    """Answers questions with one :class:`Engine`. Any thread; several questions may be under way."""

    def __init__(self, engine: Any, version: str = "", units: Optional[Units] = None) -> None:
        self._engine, self._version = engine, version
        self.units = units or Units()

    def ask(self, question: Question, cancel: CancelToken) -> Iterator[Event]:
        """Events of the answer, the last of them :class:`Done`.

        What no model here knows is declined in words, with ``provenance["declined"]``. Raises TerralogueError types
        only for what went wrong: Cancelled, NothingToAnalyse, RasterUnreadable, CrsMissing, DatesDisjoint …
        """
        started = time.monotonic()
        if len(question.views) not in (1, 2):
            raise QuestionUnclear("Choose one layer, or two layers to compare.")
        pair = len(question.views) == 2
        try:
            intent = route(question.text, pair, question.history)
            if intent.kind == "help":
                yield Text(HELP)
                yield Done(self._provenance(question, started, None, False))
                return
            answer = yield from _in_thread(lambda progress, stop: self._answer(question, intent, progress, stop), cancel)
        except UnknownConcept as error:
            yield from self._decline(question, declined(error.words, error.nearest), started)
            return
        except QuestionUnclear as error:
            yield from self._decline(question, error.reason, started)
            return
        sentences, facts, features, links = answer
        facts["focus"] = intent.focus()
        yield Facts(facts)
        if features is not None:
            yield Mask(features)
        for i, sentence in enumerate(sentences):
            cancel.raise_if_cancelled()
            yield Text(sentence if i == 0 else f" {sentence}")
        spoken = " ".join(sentences)
        for words, indices in links:
            start = spoken.lower().find(words.lower())
            if start >= 0:
                yield Link(spoken[start:start + len(words)], indices)
        yield Done(self._provenance(question, started, facts, False))

    def _answer(
        self, question: Question, intent: Intent, progress: Any, cancel: CancelToken
    ) -> Tuple[Sequence[str], Dict[str, Any], Optional[FeatureSet], Sequence[Tuple[str, Tuple[int, ...]]]]:
        if len(question.views) == 2:
            return self._changes(question.views, intent, question.detail, progress, cancel)
        request = question_expert.QuestionRequest(question.views[0], intent, question.detail, self.units)
        result = question_expert.run(request, self._engine, progress, cancel)
        return result.sentences, result.facts, result.features, result.links

    def _changes(
        self, views: Sequence[View], intent: Intent, detail: str, progress: Any, cancel: CancelToken
    ) -> Tuple[Sequence[str], Dict[str, Any], Optional[FeatureSet], Sequence[Tuple[str, Tuple[int, ...]]]]:
        request = change.RoutedChange(views[0], views[1], intent, detail, self.units)
        result = change.answer(request, self._engine, progress, cancel)
        links = change.links(intent, result.facts, result.features)
        return result.sentences, result.facts, result.features if result.changed else None, links

    def _decline(self, question: Question, sentence: str, started: float) -> Iterator[Event]:
        yield Facts({"schema": SCHEMA, "kind": "declined", "question": question.text[:200], "reason": sentence})
        yield Text(sentence)
        yield Done(self._provenance(question, started, None, True))

    def _provenance(
        self, question: Question, started: float, facts: Optional[Dict[str, Any]], was_declined: bool
    ) -> Dict[str, Any]:
        nano = self._engine.nano
        return {
            "model": nano.name, "digest": nano.digest, "provider": nano.provider, "version": self._version,
            "sources": [view.source.name for view in question.views],
            "times": [view.source.time.iso if view.source.time is not None else "" for view in question.views],
            "gsd": facts.get("gsd") if facts else None, "seconds": round(time.monotonic() - started, 3),
            "declined": was_declined,
        }


def _in_thread(work: Any, cancel: CancelToken) -> Generator[Event, None, Any]:
    """Run ``work(progress, cancel)`` on a thread of its own and yield :class:`Running` meanwhile; returns its result.

    Closing the iterator early cancels the work and waits for it.
    """
    messages: "queue.Queue[Tuple[str, Any]]" = queue.Queue()
    stop = CancelToken()
    unregister = cancel.on_cancel(stop.cancel)

    def body() -> None:
        try:
            messages.put(("result", work(lambda fraction, message="": messages.put(("progress", (fraction, message))), stop)))
        except BaseException as error:  # handed to the asking thread, which raises it
            messages.put(("error", error))

    thread = threading.Thread(target=body, name="terralogue-answer", daemon=True)
    thread.start()
    try:
        while True:
            kind, value = messages.get()
            if kind == "progress":
                yield Running(min(max(float(value[0]), 0.0), 1.0), value[1])
            elif kind == "error":
                raise value
            else:
                return value
    finally:
        unregister()
        stop.cancel()
        thread.join()


def transcript(events: List[Event]) -> str:
    """The text of an answer from its events."""
    return "".join(event.text for event in events if isinstance(event, Text))
