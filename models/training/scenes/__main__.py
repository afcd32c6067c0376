"""``python -m terralogue.models.training.scenes --imagery DIR --out DIR --count N --seed S``"""

import argparse
import multiprocessing
import time
from pathlib import Path

from . import bank, dataset


def main() -> None:
    """Render scenes; starting again continues."""
    parser = argparse.ArgumentParser(prog="python -m terralogue.models.training.scenes")
    parser.add_argument("--imagery", type=Path, required=True, help="imagery-open.zip, unzipped")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--split", choices=("train", "validation"), default="train")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    started = time.monotonic()
    # The bank is cached beside the output, so that several runs share it.
    bank.load(given.imagery, given.split, given.out.parent / "scene-bank")
    print(f"bank ready after {time.monotonic() - started:.0f} s", flush=True)
    missing = dataset.create(given.out, given.count, given.size, given.split, given.seed)
    tasks = [(number, given.count, given.size, given.seed) for number in missing]
    started = time.monotonic()
    with multiprocessing.Pool(given.workers, dataset.start_worker, (given.imagery, given.out, given.split)) as pool:
        for finished, _ in enumerate(pool.imap_unordered(dataset.write_chunk, tasks), 1):
            if finished % 10 == 0 or finished == len(tasks):
                print(f"{finished}/{len(tasks)} chunks, {time.monotonic() - started:.0f} s", flush=True)
    print(dataset.shares(given.out), flush=True)


if __name__ == "__main__":
    main()
