"""``python -m terralogue.models.training STAGE``: one of ``STAGES``, or all in that order.

Every stage reads and writes below ``--work`` and goes on where it stopped. ``keep`` stores a run's weights in the
repository, ``restore`` makes a run of them.
"""

import argparse
from pathlib import Path

LANGUAGE = ("text", "words", "glances", "bridge", "speak", "experts")
STAGES = ("pack", "scenes", "encoder", "covers", "change", "things", "overhead", *LANGUAGE, "export", "card")


def main() -> None:
    """Run one stage, or all of them."""
    parser = argparse.ArgumentParser(prog="terralogue.models.training", description=__doc__)
    parser.add_argument("stage", choices=(*STAGES, "all", "keep", "restore"))
    parser.add_argument("--imagery", type=Path, help="folder of the unzipped open archive")
    parser.add_argument("--change-pairs", type=Path, help="folder of the unzipped change archive (validation only)")
    parser.add_argument("--evaluation", type=Path, help="folder of the unzipped evaluation archive (road masks; measuring only)")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--out", type=Path, default=Path("resources/nano"), help="where export and card write")
    parser.add_argument("--steps", type=int, default=5000, help="steps of the encoder stage")
    parser.add_argument("--rate", type=float, default=1.2e-3, help="highest learning rate of the encoder stage")
    parser.add_argument("--cover-steps", type=int, default=300)
    parser.add_argument("--change-steps", type=int, default=1500)
    parser.add_argument("--thing-steps", type=int, default=1500)
    parser.add_argument("--looks", type=int, default=2400, help="images from above, and others, that the overhead stage sees")
    parser.add_argument("--scenes", type=int, default=8000)
    parser.add_argument("--speech-scenes", type=int, default=2600, help="scenes that the decoder learns to speak of")
    parser.add_argument("--word-steps", type=int, default=1600)
    parser.add_argument("--bridge-steps", type=int, default=300)
    parser.add_argument("--speak-steps", type=int, default=1600)
    parser.add_argument("--expert-steps", type=int, default=250)
    parser.add_argument("--offered", type=Path, default=Path("resources/nano"),
                        help="model whose manifest says which things are looked for while glancing")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=120.0, help="limit of the encoder stage and of each language stage")
    parser.add_argument("--without", default="", choices=("", "rendered", "real"), help="ablation: leave sources out")
    options = parser.parse_args()
    if options.stage in ("pack", "scenes", "all") and not (options.imagery and options.imagery.is_dir()):
        parser.error("pack and scenes need --imagery, the folder of the unzipped open archive")
    names = STAGES if options.stage == "all" else (options.stage,)
    for name in names:
        _run(name, options)


def _run(stage: str, options: argparse.Namespace) -> None:
    import torch

    torch.set_num_threads(options.threads)
    packed, rendered, speech = options.work / "packed", options.work / "rendered", options.work / "speech"
    run = options.work / "runs" / (f"seed{options.seed}" + (f"-without-{options.without}" if options.without else ""))
    if stage == "pack":
        from .pack import pack

        pack(options.imagery, packed)
    elif stage == "scenes":
        from .rendering import render

        render(options.imagery, rendered, options.scenes, options.seed)
    elif stage == "encoder":
        from .encoder_stage import train

        train(packed, rendered, run, options.steps, options.seed, options.without, options.rate, options.minutes)
    elif stage == "covers":
        from .cover_stage import train as train_covers

        train_covers(packed, rendered, run, options.cover_steps, options.seed)
    elif stage == "change":
        from .change_stage import train as train_change

        train_change(packed, rendered, run, options.change_steps, options.seed)
    elif stage == "things":
        from .thing_stage import train as train_things

        train_things(packed, rendered / "train", run, options.thing_steps, options.seed)
    elif stage == "overhead":
        from .overhead_stage import train as train_overhead

        train_overhead(packed, rendered, run, options.looks, options.seed)
    elif stage in LANGUAGE:
        from . import language_stages

        language_stages.STAGES[stage](language_stages.Places(packed, rendered, run, speech), options)
    elif stage == "export":
        from .export import export

        export(run, options.out, speech=speech)
    elif stage in ("keep", "restore"):
        from . import kept_weights

        getattr(kept_weights, stage)(run)
    elif stage == "card":
        from .card import write_card

        write_card(options.out, packed, rendered, options.change_pairs, run, options.evaluation)


if __name__ == "__main__":
    main()
