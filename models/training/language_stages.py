"""The language stages as commands, in their order: text, stage 0, image tokens, bridge, speaking, experts."""

import json
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Dict, List

from ..catalog import embedded
from ..datasets.chip import Chip
from ..vision.legend import THINGS
from . import bridge_stage, glances, speak_stage, speech_data, text_stage
from .loop import Plan


@dataclass(frozen=True)
class Places:
    """Where things lie: packed tiles, rendered scenes, the run's weights, corpora and image tokens."""

    packed: Path
    rendered: Path
    run: Path
    speech: Path

    def chips(self, options: Namespace) -> List[Chip]:
        """What the decoder learns to speak of."""
        return speech_data.training_chips(self.packed, self.rendered, options.speech_scenes)


def _text(places: Places, options: Namespace) -> None:
    speech_data.write_text(places.chips(options), places.speech, options.seed)


def _words(places: Places, options: Namespace) -> None:
    text_stage.train(places.speech / speech_data.TEXT, places.run, _plan(options, options.word_steps, 1.5e-3))


def _glances(places: Places, options: Namespace) -> None:
    manifest = json.loads((options.offered / embedded.MANIFEST).read_text())
    offered = {name: score for name, score in manifest.get("thing_thresholds", {}).items() if name in THINGS}
    chips = places.chips(options)
    glances.cache(chips, places.run, places.speech / speech_data.IMAGES, offered, options.seed)
    speech_data.write_seen(chips, places.speech, seed=options.seed + 1)


def _bridge(places: Places, options: Namespace) -> None:
    bridge_stage.train(places.speech / speech_data.SEEN, places.speech / speech_data.IMAGES, places.run,
                       _plan(options, options.bridge_steps, 2e-3))


def _speak(places: Places, options: Namespace) -> None:
    speak_stage.train(places.speech / speech_data.SEEN, places.speech / speech_data.IMAGES, places.run,
                      _plan(options, options.speak_steps, 1e-3))


def _experts(places: Places, options: Namespace) -> None:
    speak_stage.train_experts(places.speech / speech_data.SEEN, places.speech / speech_data.IMAGES, places.run,
                              _plan(options, options.expert_steps, 2e-3))


def _plan(options: Namespace, steps: int, rate: float) -> Plan:
    return Plan(steps, options.seed, rate, options.minutes)


STAGES: Dict[str, Callable[[Places, Namespace], None]] = {
    "text": _text, "words": _words, "glances": _glances, "bridge": _bridge, "speak": _speak, "experts": _experts,
}
