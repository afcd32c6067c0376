"""Self-tests that were made, on disk: each graph is tested once on each provider, and again when anything it ran on changed."""

import json
import logging
import os
import threading
from pathlib import Path
from typing import Any, Dict, Optional

log = logging.getLogger(__name__)

_LAYOUT = 1
_lock = threading.Lock()


class Verdicts:
    """One file. Any thread; of two processes that write at once one is remembered, and the other tests again."""

    def __init__(self, path: Optional[Path]) -> None:
        """``path``: None to remember nothing."""
        self._path = path

    def get(self, rung: str, ground: str, graph: str) -> Optional[str]:
        """Why ``rung`` must not run ``graph`` (a digest) on ``ground`` (versions, device, driver), "" if it may; None:
        not known.
        """
        entry = self._read().get(rung, {})
        found = entry.get("graphs", {}).get(graph) if entry.get("ground") == ground else None
        return found if isinstance(found, str) else None

    def put(self, rung: str, ground: str, graph: str, reason: str) -> None:
        """Remember it; what was found on other ground is dropped. A folder that cannot be written is only logged."""
        if self._path is None:
            return
        with _lock:
            known = self._read()
            entry = known.get(rung, {})
            graphs = entry.get("graphs", {}) if entry.get("ground") == ground else {}
            known[rung] = {"ground": ground, "graphs": {**graphs, graph: reason}}
            beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                beside.write_text(json.dumps({"layout": _LAYOUT, "providers": known}, indent=1), encoding="utf-8")
                beside.replace(self._path)
            except OSError as error:
                log.info("the self-test is made again next time: %s", error)

    def _read(self) -> Dict[str, Dict[str, Any]]:
        """By provider; {} where there is no file, or none that was written whole by this version."""
        if self._path is None:
            return {}
        try:
            read = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(read, dict) or read.get("layout") != _LAYOUT or not isinstance(read.get("providers"), dict):
            return {}
        return {rung: entry for rung, entry in read["providers"].items()
                if isinstance(entry, dict) and isinstance(entry.get("graphs"), dict)}
