"""Helpers of this folder are imported by name; an engine over the model that sees colours."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))


@pytest.fixture
def nano():
    """The model that sees colours; it counts its calls."""
    from fakes import ColourNano

    return ColourNano()


@pytest.fixture
def engine(tmp_path, nano):
    """An engine over ``nano`` that leaves nothing behind."""
    from terralogue.models.engine import Engine

    built = Engine(tmp_path, tmp_path / "cache", nano)
    yield built
    built.close()
    assert not list((tmp_path / "cache").iterdir())


@pytest.fixture
def ask(engine):
    """``ask(text, *sources, region=…, history=…, detail=…)`` → :class:`answered.Answer`."""
    from answered import Answer

    from terralogue.models.assistant import Assistant
    from terralogue.models.cancel import CancelToken
    from terralogue.models.conversation import Question, View

    def put(text, *sources, region=None, history=(), detail="brief", units=None):
        views = tuple(View(source, region) for source in sources)
        return Answer(list(Assistant(engine, "1.0", units).ask(Question(text, views, history, detail), CancelToken())))

    return put
