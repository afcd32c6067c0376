"""How long a question will take and how much disk it needs, before it is asked."""

from typing import TYPE_CHECKING, List, Sequence

from qgis.PyQt.QtCore import QLocale

from .. import settings as user
from .messages import tr
from .snapshots import ViewSnapshot
from .tasks import RunTask

if TYPE_CHECKING:
    from ...models.conversation import View
    from ...models.estimate import Estimate
    from .service import Service


def estimate_task(service: "Service", text: str, snapshots: Sequence[ViewSnapshot], knowledge: str = "") -> RunTask:
    """A task whose ``Outcome.result`` is the ``Estimate`` of asking ``text`` of these views. Main thread; start it yourself."""
    snapshots = tuple(snapshots)

    def work(progress, cancel) -> "Estimate":
        from ...models.conversation import Question

        assistant = service.assistant()
        views: "List[View]" = []
        try:
            for snapshot in snapshots:
                views.append(snapshot.open(cancel))
            return assistant.estimate(Question(text, tuple(views), knowledge=knowledge))
        finally:
            for view in views:
                view.source.close()

    ids = {layer_id for snapshot in snapshots for layer_id in snapshot.layer_ids}
    return RunTask(tr("Terralogue: estimating"), work, ids)


def is_long(estimate: "Estimate") -> bool:
    """Whether the user should choose first: run, a smaller region, or coarser."""
    return estimate.seconds > user.within(user.long_run_seconds, 1, 86_400)


def estimate_sentence(estimate: "Estimate") -> str:
    """Tiles, time and disk, for the user."""
    locale = QLocale()
    if estimate.seconds < 90:
        time = tr("{number} seconds").format(number=locale.toString(max(1, round(estimate.seconds))))
    else:
        time = tr("{number} minutes").format(number=locale.toString(round(estimate.seconds / 60)))
    return tr("About {time}: {tiles} tiles, {size} MB of disk for a while.").format(
        time=time, tiles=locale.toString(int(estimate.tiles)), size=locale.toString(max(1, round(estimate.bytes / 1e6)))
    )
