"""Command line of the package folder, for ``make setup``, clusters and administrators.

python -m terralogue.plugin.environment status|install|remove [GROUP…] [--from FOLDER] [--again]
python -m terralogue.plugin.environment run GROUP[,GROUP…] MODULE[:FUNCTION] [ARGUMENT…]
"""

import argparse
import importlib
import json
import runpy
import sys
from dataclasses import asdict
from typing import List

from . import GROUPS, InstallError, activate, estimate, install, remove, status


def main(arguments: List[str]) -> int:
    """Carry out one command; returns the exit code."""
    if arguments[:1] == ["run"]:
        return _run(arguments[1].split(","), arguments[2], arguments[3:])
    parser = argparse.ArgumentParser(prog="terralogue.plugin.environment")
    parser.add_argument("command", choices=("status", "estimate", "install", "remove", "path"))
    parser.add_argument("groups", nargs="*", default=["core"], metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--from", dest="folder", help="install from this folder of wheels, without a network")
    parser.add_argument("--again", action="store_true", help="replace packages that are there but do not work")
    options = parser.parse_args(arguments)
    if options.command == "status":
        print(json.dumps([asdict(package) for package in status(options.groups)], indent=1))
    elif options.command == "estimate":
        print(json.dumps(asdict(estimate(options.groups)), indent=1))
    elif options.command == "remove":
        print("\n".join(remove(options.groups)))
    elif options.command == "path":
        print("\n".join(activate(group).path for group in options.groups))
    else:
        return _install(options.groups, options.folder, options.again)
    return 0


def _install(groups: List[str], folder: str, again: bool) -> int:
    try:
        log = lambda line: print(line, flush=True)
        for activation in install(groups, log=log, offline_folder=folder, again=again):
            print(activation.message, activation.path, flush=True)
    except InstallError as error:
        print(error.message, error.details, sep="\n", file=sys.stderr)
        return 1
    return 0


def _run(groups: List[str], module: str, arguments: List[str]) -> int:
    """Run ``module`` as ``python -m`` would (or call one function of it), with ``groups`` appended to the path.

    QGIS's own packages keep their place in front, as they do inside QGIS; only training, which never runs there, goes
    first: the distribution's sympy is too old for torch.
    """
    for group in groups:
        activation = activate(group)
        if not activation.ok:
            print(activation.message, file=sys.stderr)
            return 1
        if group == "training" and activation.path:
            sys.path.remove(activation.path)
            sys.path.insert(1, activation.path)
    module, _colon, function = module.partition(":")
    sys.argv = [module, *arguments]
    if function:
        return getattr(importlib.import_module(module), function)() or 0
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
