"""The chat's door: a question in, a stream of events out. Routes, runs one expert, streams its sentences."""

import queue
import threading
import time
from dataclasses import replace
from functools import partial
from typing import Any, Callable, Dict, Generator, Iterator, List, Optional, Tuple, Union

from .cancel import CancelToken, Progress
from .classify import chat
from .concepts import lexicon
from .conversation import Done, Event, Facts, Link, Mask, Movable, Question, Running, Text
from .doubt import DECLINED, insists
from .errors import QuestionUnclear, UnknownConcept
from .estimate import Estimate
from .experts import change, knowledge, series
from .experts import question as question_expert
from .experts.kept_masks import Holding, kept_masks
from .experts.kept_scores import KeptScores, moved_threshold
from .facts import SCHEMA
from .language.answers import places_like as places_sentences
from .language.classing import classes_asked
from .language.composing.door import HELP, Units, declined
from .language.free_words import Taken, TowerMatcher
from .language.likeness import likeness
from .places_like import Matcher, places_like
from .places_like import estimate as places_estimate
from .router import Intent, in_detail, plain_text, route
from .voice.speaking import Emit, Speaker

#: Facts of an answer, and what said it.
_Answered = Tuple[Dict[str, Any], Union[str, Dict[str, Any]]]


class Assistant:
    """Answers questions with one :class:`Engine`. Any thread; several questions may be under way.

    ``speaking``: False leaves all words to the composed sentences.
    """

    def __init__(self, engine: Any, version: str = "", units: Optional[Units] = None, speaking: bool = True) -> None:
        self._engine, self._version, self._speaking = engine, version, speaking
        self.units = units or Units()

    def ask(self, question: Question, cancel: CancelToken) -> Iterator[Event]:
        """Events of the answer, the last of them :class:`Done`. Sentences come one by one, each as soon as it was checked.

        What no model here knows is declined in words, with ``provenance["declined"]``. Raises TerralogueError types
        only for what went wrong: Cancelled, NothingToAnalyse, RasterUnreadable, CrsMissing, DatesDisjoint …
        """
        started = time.monotonic()
        if not question.views:
            raise QuestionUnclear("Choose one layer, or more of them to compare.")
        insisting, text = insists(question.text)
        question = replace(question, text=text)
        told = None
        if question.knowledge:
            told = yield from _in_thread(partial(knowledge.ask, question, self._engine), cancel)
            if told.answered:
                yield Done({**self._provenance(question, started, told.facts, False), "knowledge": told.base})
                return
        try:
            intent, taken = self._routed(question)
            if told is not None:
                yield Text(f"The base “{told.base}” does not say. From the imagery: ")
            if taken is not None:
                question = replace(question, text=taken.text)
                yield Text(f"I take “{taken.phrase}” to mean {taken.meant}. ")
            if intent.kind == "help":
                yield Text(HELP)
                yield Done(self._provenance(question, started, None, False))
                return
            work = partial(self._answer, question, intent, insisting)
            facts, voice = yield from _in_thread(work, cancel)
        except UnknownConcept as error:
            sentence = told.text if told is not None else declined(error.words, error.nearest)
            yield from self._decline(question, sentence, started)
            return
        except QuestionUnclear as error:
            yield from self._decline(question, told.text if told is not None else error.reason, started)
            return
        provenance = {**self._provenance(question, started, facts, False), "voice": voice, "insisted": insisting}
        provenance["unchecked"] = getattr(getattr(self._engine, "doubt", None), "reason", "")
        yield Done({**provenance, "taken": {taken.phrase: taken.meant}} if taken is not None else provenance)

    def estimate(self, question: Question) -> Estimate:
        """What :meth:`ask` would cost now. Raises as ``Engine.estimate``."""
        if question.knowledge and knowledge.answers(question):
            return Estimate(0, 0.0, 0, None)
        plain = plain_text(insists(question.text)[1], lexicon())
        if len(question.views) == 1 and classes_asked(plain) is not None:
            return chat.estimate(question.views[0], self._engine)
        places = len(question.views) == 1 and likeness(plain) is not None
        return places_estimate(question.views[0], self._engine) if places else self._engine.estimate(question.views)

    def _routed(self, question: Question) -> Tuple[Intent, Optional[Taken]]:
        """The intent of a question, and what an unknown phrase in it was taken for. Raises as ``route``."""
        pair, taken = len(question.views) >= 2, None
        try:
            intent = route(question.text, pair, question.history)
        except UnknownConcept as error:
            free = getattr(self._engine, "free_words", None)
            taken = free.taken(question.text, error.words) if free is not None else None
            if taken is None:
                raise
            intent = route(taken.text, pair, question.history)
        return in_detail(intent, question.detail), taken

    def _answer(
        self, question: Question, intent: Intent, insisting: bool, emit: Emit, cancel: CancelToken
    ) -> _Answered:
        """Everything but the end of an answer, on the thread that answers. ``insisting``: whatever the views look like."""
        doubt = getattr(self._engine, "doubt", None)
        for view in question.views:
            if doubt is not None and not insisting and doubt.about(view, self._engine, cancel):
                raise QuestionUnclear(DECLINED.format(name=view.source.name))

        def progress(fraction: float, message: str = "") -> None:
            emit(Running(min(max(float(fraction), 0.0), 1.0), message))

        if len(question.views) > 2:
            return self._dates(question, intent, emit, progress, cancel)
        if len(question.views) == 2:
            return self._changes(question, intent, emit, progress, cancel)
        if intent.kind == "classes":
            return self._classes(question, intent, emit, progress, cancel)
        if intent.kind == "places":
            return self._places(question, intent, emit, progress, cancel)
        request = question_expert.QuestionRequest(question.views[0], intent, question.detail, self.units)
        holding = Holding(self._engine)
        result = question_expert.run(request, holding, progress, cancel)
        result.facts["focus"] = intent.focus()
        emit(Facts(result.facts))
        if result.features is not None:
            emit(Mask(result.features))
        for scores in kept_masks(request, holding):
            emit(Movable(scores))
        speaker = Speaker(self._engine, question, intent, self.units, emit, cancel)
        spoken = speaker.say(result) if self._speaking else speaker.composed(result, "as asked for")
        _link(question_expert.links_of(result.link_words, spoken.text), spoken.text, emit)
        return result.facts, spoken.voice

    def _changes(
        self, question: Question, intent: Intent, emit: Emit, progress: Progress, cancel: CancelToken
    ) -> _Answered:
        before, after = question.views
        threshold = moved_threshold(question.history) if intent.refers else None
        request = change.RoutedChange(before, after, intent, question.detail, self.units, threshold)
        result = change.answer(request, self._engine, progress, cancel)
        emit(Facts(result.facts))
        if result.changed:
            emit(Mask(result.features))
        if result.scores is not None:
            emit(Movable(KeptScores(request, result.scores, self._engine.nano)))
        spoken = _say(result.sentences, emit)
        _link(change.links(intent, result.facts, result.features), spoken, emit)
        return result.facts, result.voice

    def _dates(
        self, question: Question, intent: Intent, emit: Emit, progress: Progress, cancel: CancelToken
    ) -> _Answered:
        request = series.SeriesRequest(question.views, question.text, question.detail, self.units)
        result = series.answer(request, intent, self._engine, progress, cancel)
        result.facts["focus"] = intent.focus()
        emit(Facts(result.facts))
        if result.features.features:
            emit(Mask(result.features))
        _say(result.sentences, emit)
        return result.facts, "composed sentences (sentences about several dates are not checked)"

    def _places(
        self, question: Question, intent: Intent, emit: Emit, progress: Progress, cancel: CancelToken
    ) -> _Answered:
        matcher = self._matcher()
        found = places_like(question.views[0], intent.like, self._engine, matcher, progress, cancel)
        emit(Facts(found.facts))
        emit(Mask(found.features))
        spoken = _say(places_sentences(found.facts), emit)
        every = tuple(range(len(found.features.features)))
        _link([("the one that looks" if len(every) == 1 else f"the {len(every)} that look", every)], spoken, emit)
        return found.facts, "composed sentences (places are ranked, not described)"

    def _classes(
        self, question: Question, intent: Intent, emit: Emit, progress: Progress, cancel: CancelToken
    ) -> _Answered:
        found = chat.classify_view(question.views[0], intent.like, self._engine, progress, cancel)
        emit(Facts(found.facts))
        emit(Mask(found.features))
        _link(chat.links(found), _say(chat.sentences(found.facts), emit), emit)
        return found.facts, "composed sentences (tiles are named, not described)"

    def _matcher(self) -> Matcher:
        """What finds places by words: the text tower, whose figures were measured, else the decoder."""
        free, speech = (getattr(self._engine, name, None) for name in ("free_words", "speech"))
        if free is not None and free.tower is not None:
            return TowerMatcher(free.tower)
        if speech is not None and speech.voice is not None:
            return speech.voice
        reason = " and ".join(part.reason for part in (free, speech) if part is not None) or "there is none"
        raise QuestionUnclear(f"I look for places like that with the text tower or the language decoder, but {reason}.")

    def _decline(self, question: Question, sentence: str, started: float) -> Iterator[Event]:
        yield Facts({"schema": SCHEMA, "kind": "declined", "question": question.text[:200], "reason": sentence})
        yield Text(sentence)
        yield Done(self._provenance(question, started, None, True))

    def _provenance(
        self, question: Question, started: float, facts: Optional[Dict[str, Any]], was_declined: bool
    ) -> Dict[str, Any]:
        nano = self._engine.nano
        return {
            "model": nano.name, "digest": nano.digest, "provider": nano.provider,
            "fallback": getattr(nano, "fallback", ""), "version": self._version,
            "sources": [view.source.name for view in question.views],
            "times": [view.source.time.iso if view.source.time is not None else "" for view in question.views],
            "gsd": facts.get("gsd") if facts else None, "seconds": round(time.monotonic() - started, 3),
            "declined": was_declined,
        }


def _say(sentences: Any, emit: Emit) -> str:
    for i, sentence in enumerate(sentences):
        emit(Text(sentence if i == 0 else f" {sentence}"))
    return " ".join(sentences)


def _link(links: Any, spoken: str, emit: Emit) -> None:
    for words, indices in links:
        start = spoken.lower().find(words.lower())
        if start >= 0:
            emit(Link(spoken[start:start + len(words)], indices))


def _in_thread(work: Callable[[Emit, CancelToken], Any], cancel: CancelToken) -> Generator[Event, None, Any]:
    """Run ``work(emit, cancel)`` on a thread of its own and yield what it emits meanwhile; returns its result.

    Closing the iterator early cancels the work and waits for it. After a cancel nothing is yielded any more.
    """
    messages: "queue.Queue[Tuple[str, Any]]" = queue.Queue()
    stop = CancelToken()
    unregister = cancel.on_cancel(stop.cancel)

    def body() -> None:
        try:
            messages.put(("result", work(lambda event: messages.put(("event", event)), stop)))
        except BaseException as error:  # handed to the asking thread, which raises it
            messages.put(("error", error))

    thread = threading.Thread(target=body, name="terralogue-answer", daemon=True)
    thread.start()
    try:
        while True:
            kind, value = messages.get()
            if kind == "event":
                cancel.raise_if_cancelled()
                yield value
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
