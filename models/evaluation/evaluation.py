"""One run over one manifest with one model: opens what a row shows, asks what it asks, hands the answers to its task."""

import math
from collections import defaultdict
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

import numpy as np

from ..conversation import View
from ..errors import TerralogueError
from ..imagery.opening import open_raster
from . import answering, boxing, captioning, declining, pixels, pointing, retrieving
from .door import Answer, Door
from .images import EvaluationImage, open_image, permutation
from .manifest import TURNS, ManifestError, Row, masks_of, read_rows, region_of

Task = Callable[["Evaluation", List[int]], Dict[str, Any]]
TASKS: Dict[str, Task] = {
    "scene": pixels.scene, "mask": pixels.mask, "change": pixels.change, "refer": boxing.refer, "detect": boxing.detect,
    "point": pointing.point, "vqa": answering.vqa, "change_vqa": answering.vqa, "attribute": answering.attribute,
    "caption": captioning.caption, "retrieve": retrieving.retrieve, "declined": declining.declined,
}


class Evaluation:
    """``rows``: of the manifest; ``told``: by row number, what a task read from the answer, for whoever wants to look."""

    def __init__(self, manifest: Path, engine: Any, control: str = "", speaking: bool = True) -> None:
        """Read ``manifest``. Raises ManifestError for a line that cannot be used."""
        self.engine, self.control = engine, control
        self.folder = manifest.resolve().parent
        self.rows = read_rows(manifest, TASKS)
        self.told: Dict[int, Dict[str, Any]] = {}
        self._chosen = list(range(len(self.rows)))
        # Of a description in detail no part could be taken away from the facts.
        self._door = Door(engine, speaking, brief=control == "nofacts")
        # A shuffled control shows every question another image of the same task and about the same distance.
        self._order = permutation([(row["task"], self._distance(row)) for row in self.rows]) if control == "shuffle" else {}

    def only(self, indices: Sequence[int]) -> None:
        """Ask about these rows only; shuffled images still come from all."""
        self._chosen = list(indices)

    def run(self) -> Dict[str, Any]:
        """Figures by task, each with ``n``."""
        groups: Dict[str, List[int]] = defaultdict(list)
        for index in self._chosen:
            groups[self.rows[index]["task"]].append(index)
        return {task: TASKS[task](self, indices) for task, indices in groups.items()}

    def open(self, index: int, column: str = "image") -> EvaluationImage:
        """The image of a row under the control in force."""
        shown = self.rows[self._order.get(index, index)]
        gsd = self.rows[index].get("gsd", "")
        return open_image(self.folder / shown[column], float(gsd) if gsd else None, self.control == "blank")

    def shown(self, index: int) -> Row:
        """The row whose image stands in for that of row ``index``."""
        return self.rows[self._order.get(index, index)]

    def view(self, index: int, column: str = "image") -> View:
        """The image of a row with its region. Raises ManifestError for a region that cannot be read."""
        image, region = self.open(index, column), self.rows[index].get("region", "")
        try:
            return View(image.source, region_of(region, image.source.grid) if region else None)
        except ValueError as error:
            raise ManifestError(index + 2, str(error)) from error

    def ask(self, index: int, question: str = "") -> Tuple[Answer, View]:
        """The answer to a row's question about its view, or about both of its views, and the (first) view."""
        row = self.rows[index]
        turns = [part.strip() for part in (row.get("question", "") or question).split(TURNS.strip()) if part.strip()]
        if not turns:
            raise ManifestError(index + 2, f"the task “{row['task']}” needs a question")
        views = [self.view(index)]
        if row.get("image_after"):
            views.append(self.view(index, "image_after"))
        try:
            answer = self._door.ask(turns, tuple(views))
            self.told[index] = {"question": row.get("question", "") or question, "target": row.get("target", ""),
                                "text": answer.text, "declined": answer.declined, "spoken": answer.spoken,
                                "voice": answer.voice, **({"error": answer.error} if answer.error else {})}
            return answer, views[0]
        finally:
            for view in views:
                view.source.close()

    def tell(self, index: int, **found: Any) -> None:
        """Keep what was read from the answer to a row."""
        self.told.setdefault(index, {}).update(found)

    def truth(self, index: int) -> np.ndarray:
        """(H, W) bool of a row's target mask: 255 is the concept; "things.png#3 7": all of those values."""
        target = self.rows[index]["target"]
        if "#" not in target:
            return EvaluationImage.mask(self.folder / target)
        masks = self.truths(index)
        if not masks:
            raise ManifestError(index + 2, "the target names nothing")
        return np.any(masks, axis=0)

    def truths(self, index: int) -> Tuple[np.ndarray, ...]:
        """One (H, W) bool mask for each thing of a target "things.png#3 7". Raises ManifestError for one that is none."""
        try:
            return masks_of(self.rows[index]["target"], self.folder)
        except ValueError as error:
            raise ManifestError(index + 2, f"“{self.rows[index]['target']}” is no list of things: {error}") from error

    def _distance(self, row: Row) -> Any:
        """Metres a pixel to within a factor of about 1.4; rows whose image has none are alike."""
        gsd: Optional[float] = float(row["gsd"]) if row.get("gsd") else None
        if gsd is None:
            try:
                source = open_raster(str(self.folder / row["image"]))
            except TerralogueError:
                return ""
            gsd = source.gsd
            source.close()
        return "" if gsd is None or gsd <= 0 else round(2 * math.log2(gsd))
