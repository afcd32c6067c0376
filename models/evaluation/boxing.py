"""Things that a phrase names, and all things of a class: boxes and masks of the geometry that an answer points at."""

from typing import TYPE_CHECKING, Any, Dict, List, Optional, Tuple

import numpy as np

from ..metrics.boxes import Box
from ..metrics.counting import count_figures
from ..metrics.detection import DetectionAgreement
from ..metrics.grounding import accuracy_at_iou, mean_iou, pointing_accuracy
from ..metrics.referring import ReferringAgreement, both_right
from .door import Answer, pointed_at
from .manifest import ManifestError, box_of, boxes_of

if TYPE_CHECKING:
    from .evaluation import Evaluation

ONE, PAIR, CLASS_ABSENT, ATTRIBUTE_ABSENT = "one", "pair", "class absent", "attribute absent"


def refer(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """Phrases. Of those that name one thing, the answer's first feature is judged; of masks, all that it outlines."""
    found: List[Optional[Box]] = []
    points: List[Optional[Tuple[float, float]]] = []
    truth: List[Box] = []
    masks = ReferringAgreement()
    pairs: Tuple[List[List[np.ndarray]], List[List[np.ndarray]]] = ([], [])
    empty: Dict[str, List[bool]] = {}
    failed = 0
    for index in indices:
        answer, view = run.ask(index)
        grid = view.source.grid
        boxes, real = answer.boxes(grid), _true_boxes(run, index)
        kind = run.rows[index].get("concept", "") or (ONE if len(real) == 1 else PAIR if len(real) else CLASS_ABSENT)
        failed += bool(answer.error)
        run.tell(index, kind=kind, boxes=np.round(boxes, 1).tolist())
        if len(real) == 1:
            found.append(boxes[0].tolist() if len(boxes) else None)
            points.append(pointed_at(answer, grid) if len(boxes) else None)
            truth.append(real[0].tolist())
        elif not len(real):
            empty.setdefault(kind, []).append(not len(boxes))
        if "#" in run.rows[index]["target"]:
            _add_masks(run, index, answer, grid, masks, pairs)
    figures: Dict[str, Any] = {"n": len(indices), "failed": failed}
    if truth:
        figures.update(n_one=len(truth), acc50=accuracy_at_iou(found, truth), mean_iou=mean_iou(found, truth),
                       pointing=pointing_accuracy(points, truth), false_empty=sum(box is None for box in found) / len(found))
    figures.update({f"{kind} right": sum(right) / len(right) for kind, right in sorted(empty.items())})
    if masks.shared:
        figures.update({key: masks.figures()[key] for key in ("giou", "ciou")})
    if pairs[1]:
        figures.update(n_pairs=len(pairs[1]), both_right=both_right(*pairs))
    return figures


def _add_masks(run: "Evaluation", index: int, answer: Answer, grid: Any, masks: ReferringAgreement,
               pairs: Tuple[List[List[np.ndarray]], List[List[np.ndarray]]]) -> None:
    """All that the answer outlines against all that is meant; of two things, each against the mask that fits it best."""
    real = list(run.truths(index))
    outlined = answer.masks(grid)
    shape = grid.height, grid.width
    if real and real[0].shape != shape:
        raise ManifestError(index + 2, f"its things have {real[0].shape} pixels, its image {shape}")
    masks.add(np.any(outlined, axis=0) if outlined else np.zeros(shape, bool),
              np.any(real, axis=0) if real else np.zeros(shape, bool))
    if len(real) == 2:
        pairs[0].append([max(outlined, key=lambda one: int((one & mask).sum())) for mask in real] if outlined else [])
        pairs[1].append(real)


def detect(run: "Evaluation", indices: List[int]) -> Dict[str, Any]:
    """All things of a class: boxes matched one to one at IoU 0.5, all rows together and by concept."""
    whole = DetectionAgreement()
    classes: Dict[str, DetectionAgreement] = {}
    numbers: List[int] = []
    true: List[int] = []
    failed = declined = 0
    for index in indices:
        answer, view = run.ask(index)
        boxes, real = answer.boxes(view.source.grid), _true_boxes(run, index)
        scores = np.array([feature.score for feature in answer.features])
        for agreement in (whole, classes.setdefault(run.rows[index].get("concept", ""), DetectionAgreement())):
            agreement.add(boxes, scores, real)
        numbers.append(len(boxes))
        true.append(len(real))
        failed += bool(answer.error)
        declined += answer.declined
        run.tell(index, boxes=np.round(boxes, 1).tolist(), of=len(real))
    figures = whole.figures()
    counts = count_figures(numbers, true)
    return {"n": len(indices), "failed": failed, "declined": declined, "f1_50": figures["f1"],
            "precision": figures["precision"], "recall": figures["recall"], "count_within1": counts["within1"],
            "by_class": {name: one.figures()["f1"] for name, one in sorted(classes.items())}}


def _true_boxes(run: "Evaluation", index: int) -> np.ndarray:
    target = run.rows[index]["target"]
    try:
        if "#" not in target:
            return boxes_of(target)
        return np.array([box_of(mask) for mask in run.truths(index)]).reshape(-1, 4)
    except (ValueError, IndexError) as error:
        raise ManifestError(index + 2, f"“{target}” is neither boxes nor things: {error}") from error
