"""What is declined, and what should be: unknown things, images that show nothing, scales that were never measured."""

from typing import TYPE_CHECKING, Any, Dict, List

import numpy as np

from .manifest import ManifestError
from .short_answers import abstains

if TYPE_CHECKING:
    from .evaluation import Evaluation

ANSWERABLE, UNANSWERABLE = "answerable", "unanswerable"


def declined(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Share declined, or answered with "I cannot tell", among the unanswerable (should be 1) and the answerable (0).

    ``by_kind``: the same by ``concept``. A question that ends in an error is told apart: it is no answer either.
    """
    kinds: Dict[str, Dict[str, List[bool]]] = {ANSWERABLE: {}, UNANSWERABLE: {}}
    failed = 0
    for index in indices:
        target = run.rows[index]["target"]
        if target not in kinds:
            raise ManifestError(index + 2, f"“{target}” is neither {ANSWERABLE} nor {UNANSWERABLE}")
        answer, _ = run.ask(index)
        silent = answer.declined or bool(answer.error) or abstains(answer.text)
        failed += bool(answer.error)
        run.tell(index, silent=silent)
        kinds[target].setdefault(run.rows[index].get("concept", ""), []).append(silent)
    figures: Dict[str, Any] = {"n": len(indices), "failed": failed}
    for target, groups in kinds.items():
        every = [silent for group in groups.values() for silent in group]
        if every:
            figures[f"on_{target}"] = float(np.mean(every))
            figures[f"{target}_by_kind"] = {kind: float(np.mean(group)) for kind, group in sorted(groups.items())}
    return figures
