"""The measuring stick: a manifest in, one JSON object of figures out. Runs what the product runs.

``python -m terralogue.models.evaluate MANIFEST.csv [--model FOLDER] [--control NAME] [--answers FILE]``. Columns, tasks
and controls are listed in docs/evaluation.md.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, Optional

from .catalog import embedded
from .engine import Engine
from .errors import TerralogueError
from .evaluation.controls import CONTROLS, hobbled
from .evaluation.evaluation import Evaluation
from .language.decoder import BYTE_PAIRS
from .vision.nano import Nano
from .voice.loading import Speech

ROOT = Path(__file__).resolve().parent.parent


def evaluate(
    manifest: Path, model: Optional[Path] = None, control: str = "", answers: Optional[Path] = None, speaking: bool = True
) -> Dict[str, Any]:
    """Figures of the model in ``model`` (default: the shipped one) on ``manifest``, under ``control``.

    ``answers``: a file for what was asked, answered and read, one JSON object a line. ``speaking``: False leaves all words
    to the composed sentences. Raises ManifestError, ModelMissing and what else opening a model raises.
    """
    with tempfile.TemporaryDirectory(prefix="terralogue-") as scratch:
        folder = model_under(control, model or ROOT / "resources" / "nano", Path(scratch))
        engine = Engine(ROOT / "resources", Path(scratch), nano=Nano.load(folder))
        # The voice goes with the eyes: one folder holds both.
        engine.speech = Speech(folder)
        try:
            hobbled(engine, control)
            run = Evaluation(manifest, engine, control, speaking)
            figures = run.run()
            if answers is not None:
                lines = (json.dumps({"line": index + 2, **told}, ensure_ascii=False) for index, told in sorted(run.told.items()))
                answers.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return figures
        finally:
            engine.close()


def model_under(control: str, folder: Path, scratch: Path) -> Path:
    """``folder``, or one below ``scratch`` with a model of freshly initialised weights where ``control`` is "random"."""
    if control != "random":
        return folder
    from .training.export import export, write_manifest  # needs the training packages

    speech = folder if (folder / BYTE_PAIRS).exists() else None
    export(scratch, scratch / "random", random=True, speech=speech)
    # It offers the same things, at the same thresholds: it is the weights that are taken away.
    write_manifest(scratch / "random", embedded.manifest(folder))
    return scratch / "random"


def main() -> int:
    """Print the figures as JSON; 2 and one sentence on stderr if that is impossible."""
    parser = argparse.ArgumentParser(prog="terralogue.models.evaluate", description=__doc__)
    parser.add_argument("manifest", type=Path)
    parser.add_argument("--model", type=Path, help="folder of an exported model")
    parser.add_argument("--control", choices=CONTROLS, default="")
    parser.add_argument("--answers", type=Path, help="file for every answer and what was read from it")
    options = parser.parse_args()
    try:
        figures = evaluate(options.manifest, options.model, options.control, options.answers)
    except (TerralogueError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(figures, sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
