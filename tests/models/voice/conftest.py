"""An assistant over the model that sees colours and a decoder that says what it is told to."""

import sys
from pathlib import Path

import pytest

for folder in (Path(__file__).parent, Path(__file__).parent.parent / "words"):
    sys.path.append(str(folder))


@pytest.fixture
def nano():
    """A model that sees colours and has image tokens; it counts its calls."""
    from fakes import GlancingNano

    return GlancingNano()


@pytest.fixture
def engine(tmp_path, nano):
    """An engine over ``nano``; it has no decoder until a test gives it one."""
    from terralogue.models.engine import Engine

    built = Engine(tmp_path, tmp_path / "cache", nano)
    yield built
    built.close()


@pytest.fixture
def ask(engine):
    """``ask(text, script, source, …)`` → :class:`answered.Answer`; ``script``: see ``scripted``, or a voice."""
    from answered import Answer
    from fakes import ArraySource, town
    from scripted import Speaking, scripted

    from terralogue.models.assistant import Assistant
    from terralogue.models.cancel import CancelToken
    from terralogue.models.conversation import Question, View
    from terralogue.models.voice.voice import Voice

    def put(text, script, source=None, region=None, history=(), detail="brief", units=None, requests=None):
        engine.speech = Speaking(script if isinstance(script, Voice) else scripted(script))
        question = Question(text, (View(source or ArraySource(town()), region),), history, detail, requests or {})
        return Answer(list(Assistant(engine, "1.0", units).ask(question, CancelToken())))

    return put
