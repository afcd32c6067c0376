"""Tasks that raise, return nothing, are cancelled or lose their project: QGIS stays, one sentence, nothing added."""

import random
import subprocess
import sys
import textwrap
import threading
import time

import numpy as np
import pytest
from qgis.core import QgsApplication, QgsProject, QgsTask, QgsVectorLayer

from terralogue.models.errors import Cancelled, ModelMissing, NothingToAnalyse
from terralogue.models.features import FeatureSet, MaskFeature
from terralogue.plugin.core import tasks
from terralogue.plugin.core.ask_task import AskTask
from terralogue.plugin.core.errors import ProjectClosed
from terralogue.plugin.core.layers import add_features
from terralogue.plugin.core.project_stamp import ProjectStamp
from terralogue.plugin.core.snapshots import snapshot_layer
from terralogue.plugin.core.tasks import RunTask

pytestmark = pytest.mark.usefixtures("project")


class Assistant:
    """Says what it was told to, with pauses; every event is one that the real one sends."""

    def __init__(self, events, pause=0.0, error=None):
        self.events, self.pause, self.error = events, pause, error
        self.asked = []

    def ask(self, question, cancel):
        self.asked.append(question)
        for event in self.events:
            if self.pause:
                time.sleep(self.pause)
            cancel.raise_if_cancelled()
            yield event
        if self.error is not None:
            raise self.error


class Service:
    def __init__(self, assistant):
        self._assistant = assistant

    def assistant(self, units="metric", batch=False):
        if isinstance(self._assistant, Exception):
            raise self._assistant
        return self._assistant


def events(count=20):
    from terralogue.models.conversation import Done, Running, Text

    return [Running(0.1, "Reading")] + [Text(f"{number} ") for number in range(count)] + [Done({"model": "fake"})]


def square(count=1):
    ring = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], dtype=np.float64)
    items = tuple(MaskFeature((ring + n,), "building", 0.5, 100, 1.0) for n in range(count))
    return FeatureSet("mask", "", items, "fake", "scene")


@pytest.mark.parametrize(
    "error",
    [ValueError("x"), MemoryError(), SystemExit(3), KeyboardInterrupt(), ModelMissing("/a/b.onnx"), RecursionError()],
)
def test_whatever_the_work_raises_becomes_one_sentence(finish, log_lines, error):
    def work(progress, cancel):
        raise error

    outcome = finish(RunTask("work", work))
    assert not outcome.ok and not outcome.cancelled
    assert 10 < len(outcome.message) <= 200 and "/a/" not in outcome.message
    assert len(log_lines) == 1


def test_work_that_returns_nothing_has_failed(finish):
    outcome = finish(RunTask("work", lambda progress, cancel: None))
    assert not outcome.ok and outcome.message


def test_a_result_that_is_false_has_not_failed(finish):
    outcome = finish(RunTask("work", lambda progress, cancel: 0))
    assert outcome.ok and outcome.result == 0


def test_without_an_excepthook_failing_tasks_do_not_abort_the_process(repository):
    """QGIS's default is SIGABRT for an exception in QgsTask.run, and for None."""
    script = f"""
        import sys, time
        sys.path[:0] = {[p for p in sys.path if p]!r}
        from qgis.core import QgsApplication
        app = QgsApplication([], False)
        app.initQgis()
        from terralogue.plugin.core import tasks
        def fail(progress, cancel):
            raise ValueError("boom")
        def leave(progress, cancel):
            raise SystemExit(1)
        for work in (fail, leave, lambda progress, cancel: None):
            task = tasks.RunTask("work", work)
            done = []
            task.finished_with.connect(done.append)
            tasks.start(task)
            start = time.time()
            while not done and time.time() - start < 20:
                app.processEvents()
                time.sleep(0.01)
            print("OUTCOME", done[0].ok, done[0].message)
        app.exitQgis()
    """
    link = repository / "build" / "plugins"
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        text=True,
        timeout=60,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(link), "HOME": "/tmp"},
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert child.stdout.count("OUTCOME False") == 3


def test_events_arrive_on_the_main_thread_in_order_before_the_end(finish):
    said, threads = [], set()
    task = AskTask(Service(Assistant(events(200))), [], "What is here?")

    def hear(event):
        said.append(event)
        threads.add(threading.get_ident())

    task.answer.connect(hear)
    ended = []
    task.finished_with.connect(lambda outcome: ended.append(len(said)))
    outcome = finish(task)
    assert outcome.ok and outcome.result == {"model": "fake"}
    assert said == events(200) and ended == [len(said)]
    assert threads == {threading.get_ident()}


@pytest.mark.parametrize("stage", ["assistant", "open", "ask"])
def test_an_error_at_any_stage_of_a_question_is_told_once(finish, raster, noise, tmp_path, stage, log_lines):
    snapshots = []
    assistant = Assistant(events(3), error=NothingToAnalyse("scene") if stage == "ask" else None)
    if stage == "open":
        snapshots = [snapshot_layer(raster(noise))]
        (tmp_path / "scene.tif").unlink()
    service = Service(ModelMissing("nano.onnx") if stage == "assistant" else assistant)
    outcome = finish(AskTask(service, snapshots, "What is here?"))
    assert not outcome.ok and outcome.message and str(tmp_path) not in outcome.message
    assert len(log_lines) == 1 and str(tmp_path) not in log_lines[0]


def test_an_answer_without_an_end_is_a_failure(finish):
    outcome = finish(AskTask(Service(Assistant(events(3)[:-1])), [], "What is here?"))
    assert not outcome.ok and outcome.message


def test_sources_are_closed_whatever_happens(finish, raster, noise):
    closed = []

    class Pixels:
        def open(self, cancel=None):
            return type("Source", (), {"close": lambda self: closed.append(1)})()

    from terralogue.plugin.core.snapshots import ViewSnapshot

    views = [ViewSnapshot("a", (), "", Pixels()), ViewSnapshot("b", (), "", Pixels())]
    finish(AskTask(Service(Assistant(events(2), error=ValueError())), views, "?"))
    assert len(closed) == 2


def test_removing_the_layer_cancels_in_the_middle(raster, noise, spin_until):
    layer = raster(noise)
    copy = layer.clone()
    QgsProject.instance().addMapLayer(copy)
    task = AskTask(Service(Assistant(events(500), pause=0.02)), [snapshot_layer(copy)], "What is here?")
    said, outcomes = [], []
    task.answer.connect(said.append)
    task.finished_with.connect(outcomes.append)
    tasks.start(task)
    spin_until(lambda: said)
    QgsProject.instance().removeMapLayer(copy.id())
    spin_until(lambda: outcomes, 60)
    assert outcomes[0].cancelled and not outcomes[0].ok
    assert len(said) < 450


@pytest.mark.parametrize("with_layer", [True, False])
def test_closing_the_project_silences_the_task_and_nothing_reaches_the_next_project(
    raster, noise, spin_until, with_layer
):
    snapshots = []
    if with_layer:
        copy = raster(noise).clone()
        QgsProject.instance().addMapLayer(copy)
        snapshots = [snapshot_layer(copy)]
    stamp = ProjectStamp.instance().current()
    task = AskTask(Service(Assistant(events(60), pause=0.02)), snapshots, "What is here?")
    said, outcomes = [], []
    task.answer.connect(said.append)
    task.finished_with.connect(outcomes.append)
    tasks.start(task)
    spin_until(lambda: said)
    QgsProject.instance().clear()
    spin_until(lambda: outcomes, 60)
    assert len(said) < 62, "what was on its way may arrive, the end of the answer never does"
    assert outcomes[0].stale and not outcomes[0].ok
    with pytest.raises(ProjectClosed):
        add_features(square(), QgsProject.instance(), "late", {}, stamp=stamp)
    assert QgsProject.instance().mapLayers() == {}


def test_cancel_at_ten_random_moments_ends_with_one_outcome(spin_until):
    rng = random.Random(5)
    for _ in range(10):
        task = AskTask(Service(Assistant(events(100), pause=0.005)), [], "What is here?")
        outcomes = []
        task.finished_with.connect(outcomes.append)
        tasks.start(task)
        end = time.monotonic() + rng.uniform(0, 0.3)
        spin_until(lambda end=end: time.monotonic() > end)
        task.cancel()
        spin_until(lambda outcomes=outcomes: outcomes, 60)
        assert len(outcomes) == 1 and outcomes[0].cancelled


def test_a_task_cancelled_before_it_began_says_so_once(spin_until):
    blockers = [RunTask("busy", lambda progress, cancel: time.sleep(0.3) or 1) for _ in range(12)]
    for blocker in blockers:
        tasks.start(blocker)
    outcomes = []
    late = RunTask("late", lambda progress, cancel: 1)
    late.finished_with.connect(outcomes.append)
    tasks.start(late)
    late.cancel()
    spin_until(lambda: outcomes, 60)
    spin_until(lambda: tasks.running() == 0, 10)
    assert len(outcomes) == 1 and outcomes[0].cancelled and not outcomes[0].ok


def test_the_end_is_told_outside_the_task_manager_so_that_the_next_task_is_not_lost(spin_until):
    """What starts inside ``finished`` may be deleted unstarted by QGIS: the panel then waits for ever."""
    inside, told = [], []

    class Watched(RunTask):
        def finished(self, ok):
            super().finished(ok)
            inside.append(list(told))

    def follow(outcome):
        told.append(outcome)
        if len(told) < 30:
            begin()

    def begin():
        task = Watched("chain", lambda progress, cancel: 1)
        task.finished_with.connect(follow)
        tasks.start(task)

    begin()
    spin_until(lambda: len(told) == 30, 30)
    assert [len(before) for before in inside] == list(range(30))
    assert all(outcome.ok for outcome in told)


def test_a_task_that_qgis_has_deleted_can_still_be_stopped(spin_until):
    """Between the end of a task and its telling, only the Python half may be left."""
    from qgis.PyQt import sip

    task = RunTask("work", lambda progress, cancel: 1)
    outcomes = []
    task.finished_with.connect(outcomes.append)
    tasks.start(task)
    spin_until(lambda: outcomes and sip.isdeleted(task), 60)
    task.cancel()
    assert task.token.cancelled and outcomes[0].ok


def test_work_that_ignores_the_cancel_does_not_pass_as_a_success(spin_until):
    release = threading.Event()

    def work(progress, cancel):
        release.wait(5)
        return "done"

    task = RunTask("deaf", work)
    outcomes = []
    task.finished_with.connect(outcomes.append)
    tasks.start(task)
    spin_until(lambda: task.status() == QgsTask.TaskStatus.Running)
    task.cancel()
    release.set()
    spin_until(lambda: outcomes, 60)
    assert outcomes[0].cancelled and not outcomes[0].ok and outcomes[0].result is None


def test_cancel_all_stops_every_task_as_unload_and_quit_need_it(spin_until):
    def work(progress, cancel):
        while True:
            cancel.raise_if_cancelled()
            time.sleep(0.01)

    outcomes = []
    for number in range(3):
        task = RunTask(f"long {number}", work)
        task.finished_with.connect(outcomes.append)
        tasks.start(task)
    tasks.cancel_all()
    spin_until(lambda: len(outcomes) == 3, 60)
    assert tasks.running() == 0 and all(outcome.cancelled for outcome in outcomes)


def test_tasks_are_kept_until_they_end_and_not_longer(finish):
    import gc

    outcomes = []
    task = RunTask("work", lambda progress, cancel: time.sleep(0.2) or 1)
    task.finished_with.connect(outcomes.append)
    tasks.start(task)
    del task
    gc.collect()
    assert tasks.running() == 1
    finish(RunTask("other", lambda progress, cancel: 1))
    finish(RunTask("other", lambda progress, cancel: time.sleep(0.3) or 1))
    assert outcomes and outcomes[0].ok and tasks.running() == 0


def test_progress_is_thinned_out_and_stays_between_nothing_and_all(finish):
    said = []
    task = RunTask("work", lambda progress, cancel: [progress(n / 5000 - 0.1, "x") for n in range(6000)] and 1)
    task.said.connect(lambda fraction, message: said.append(fraction))
    assert finish(task).ok
    assert len(said) < 1200


def test_a_callback_that_breaks_does_not_stop_the_cancel(spin_until):
    def work(progress, cancel):
        def broken():
            raise RuntimeError("the model is gone")

        cancel.on_cancel(broken)
        while True:
            cancel.raise_if_cancelled()
            time.sleep(0.01)

    task = RunTask("work", work)
    outcomes = []
    task.finished_with.connect(outcomes.append)
    tasks.start(task)
    spin_until(lambda: task.status() == QgsTask.TaskStatus.Running)
    time.sleep(0.05)
    task.cancel()
    spin_until(lambda: outcomes, 60)
    assert outcomes[0].cancelled


def test_a_deleted_layer_does_not_break_the_start_of_a_task(raster, noise, finish):
    copy = QgsVectorLayer("Point?crs=EPSG:4326", "gone", "memory")
    QgsProject.instance().addMapLayer(copy)
    ids = [copy.id()]
    QgsProject.instance().removeMapLayer(copy.id())
    assert finish(RunTask("work", lambda progress, cancel: 1, ids)).ok
    assert QgsApplication.taskManager().countActiveTasks() == 0


def test_the_sentence_of_a_cancel_is_not_an_error(finish):
    def work(progress, cancel):
        raise Cancelled()

    outcome = finish(RunTask("work", work))
    assert outcome.cancelled and not outcome.ok
