"""A map drawn while the calling thread only waits: on QGIS's render threads, until it is done or not wanted any more."""

from typing import Callable, Tuple

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
from qgis.PyQt.QtCore import QEventLoop, QTimer
from qgis.PyQt.QtGui import QImage


def drawn(settings: QgsMapSettings, cancelled: Callable[[], bool]) -> Tuple[QImage, int]:
    """The picture, and the number of layers that complained. Any thread that owns the layers of ``settings``.

    Runs an event loop and ends within 0.1 s of a cancel. Raises nothing of its own: an error would keep this frame, and
    with it Qt objects of this thread, alive until another thread lets go of it.
    """
    job = QgsMapRendererParallelJob(settings)
    loop = QEventLoop()
    poll = QTimer()
    job.finished.connect(loop.quit)
    poll.setInterval(50)
    # PyQt lets go of what is connected here only when this thread ends; it must not hold whoever asked, and their layers.
    asked = [cancelled]
    poll.timeout.connect(lambda: job.cancelWithoutBlocking() if asked and asked[0]() else None)
    poll.start()
    job.start()
    if job.isActive():
        loop.exec()
    poll.stop()
    asked.clear()
    return job.renderedImage(), len(job.errors())
