"""Where algorithms are used from: a model, the toolbox's checks, and ``qgis_process`` in a process of its own."""

import json
import os
import subprocess

import pytest
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
)

IDS = ("status", "caption", "ask", "segment", "change", "timeseries", "buildtrainingdata", "buildchangedialogues",
       "preparesecondpair", "tunenano", "index", "search", "findalike",
       "buildknowledge", "askknowledge", "classify", "runmodel")  # fmt: skip


def test_every_algorithm_says_what_it_is_for(provider):
    algorithms = {algorithm.name(): algorithm for algorithm in provider.algorithms()}
    assert sorted(algorithms) == sorted(IDS)
    for algorithm in algorithms.values():
        assert algorithm.displayName() and len(algorithm.shortHelpString()) > 60 and algorithm.tags()
        assert "<" not in algorithm.shortHelpString()
        assert all(parameter.description() for parameter in algorithm.parameterDefinitions())


def test_in_a_model_the_masks_go_on_to_the_next_step(provider, town):
    model = QgsProcessingModelAlgorithm("centres", "test")
    model.addModelParameter(QgsProcessingParameterRasterLayer("raster"), QgsProcessingModelParameter("raster"))
    source = QgsProcessingModelChildParameterSource
    segment = QgsProcessingModelChildAlgorithm("terralogue:segment")
    segment.setChildId("segment")
    segment.addParameterSources("INPUT", [source.fromModelParameter("raster")])
    segment.addParameterSources("PROMPT", [source.fromStaticValue("buildings")])
    model.addChildAlgorithm(segment)
    centres = QgsProcessingModelChildAlgorithm("native:centroids")
    centres.setChildId("centres")
    centres.addParameterSources("INPUT", [source.fromChildOutput("segment", "OUTPUT")])
    output = QgsProcessingModelOutput("out")
    output.setChildId("centres")
    output.setChildOutputName("OUTPUT")
    centres.setModelOutputs({"out": output})
    model.addChildAlgorithm(centres)
    context = QgsProcessingContext()
    context.setProject(town.project() if hasattr(town, "project") else None)
    results, ok = model.run({"raster": town, "centres:out": "memory:"}, context, QgsProcessingFeedback())
    assert ok
    layer = QgsProcessingUtils.mapLayerFromString(results["centres:out"], context)
    assert layer.featureCount() == 12 and {row["pixels"] for row in layer.getFeatures()} == {320}


def test_qgis_process_runs_it_in_a_fresh_profile(town, tmp_path, repository):
    program = "/usr/bin/qgis_process.bin"
    if not os.path.exists(program):
        pytest.skip("this QGIS has no qgis_process.bin")
    if not (repository / "build" / "plugins" / "terralogue").exists():
        pytest.skip("build/plugins/terralogue is not there: run make setup")
    settings = tmp_path / "profiles" / "default" / "QGIS"
    settings.mkdir(parents=True)
    (settings / "QGIS3.ini").write_text("[PythonPlugins]\nterralogue=true\n", encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment.update(
        QT_QPA_PLATFORM="offscreen",
        QGIS_CUSTOM_CONFIG_PATH=str(tmp_path),
        QGIS_PLUGINPATH=str(repository / "build" / "plugins"),
        PATH="/usr/bin:/bin",
    )

    def call(*arguments):
        done = subprocess.run(
            [program, *arguments], capture_output=True, text=True, timeout=600, env=environment, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    found = json.loads(call("--json", "run", "terralogue:status"))
    status = json.loads(found["results"]["STATUS"])
    assert status["version"] and status["packages"]
    if not status["ready"]:
        pytest.skip("the model is not there yet: " + status["next"])
    target = tmp_path / "masks.gpkg"
    found = json.loads(
        call("--json", "run", "terralogue:segment", f"--INPUT={town.source()}", "--PROMPT=buildings", f"--OUTPUT={target}")
    )
    from qgis.core import QgsVectorLayer

    masks = QgsVectorLayer(str(target), "masks", "ogr")
    assert masks.isValid() and masks.featureCount() == found["results"]["COUNT"]
    assert masks.crs().authid() == "EPSG:32632"
