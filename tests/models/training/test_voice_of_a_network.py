"""A network that was never trained, exported and loaded as the plugin does: it speaks nonsense, and none of it is said."""

import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch
sys.path.append(str(Path(__file__).parent.parent / "words"))


def test_an_untrained_decoder_says_nothing_that_is_not_so(tmp_path):
    from answered import Answer, unfounded
    from fakes import ArraySource, GlancingNano, town

    from terralogue.models.assistant import Assistant
    from terralogue.models.cancel import CancelToken
    from terralogue.models.catalog import embedded
    from terralogue.models.conversation import Part, Question, View
    from terralogue.models.engine import Engine
    from terralogue.models.language import bpe
    from terralogue.models.language.decoder import FILES
    from terralogue.models.training.decoder_export import export_decoder
    from terralogue.models.training.decoder_network import DecoderNetwork

    torch.manual_seed(0)
    folder = tmp_path / "nano"
    export_decoder(DecoderNetwork(), bpe.learn(["There are buildings and trees here, water in the north."] * 3, 320), folder)
    (folder / embedded.SUMS).write_text("".join(f"{embedded.digest_of(folder / name)}  {name}\n" for name in FILES))
    engine = Engine(tmp_path, tmp_path / "cache", GlancingNano())
    try:
        assert engine.speech.voice is not None, engine.speech.reason
        for text, detail in (("How many buildings are there?", "brief"), ("Describe this place", "detailed")):
            question = Question(text, (View(ArraySource(town())),), (), detail)
            answer = Answer(list(Assistant(engine).ask(question, CancelToken())))
            assert "12 buildings" in answer.text and unfounded(answer.text, answer.facts) == []
            assert answer.provenance["voice"]["composed"] >= 1 and answer.provenance["voice"]["tokens"] > 0
        assert any(isinstance(event, Part) for event in answer.events)
        places = Answer(list(Assistant(engine).ask(
            Question("Show me places like water", (View(ArraySource(town())),)), CancelToken())))
        assert places.facts["kind"] == "places" and places.facts["looked"] == 4
    finally:
        engine.close()
