"""Results that cannot be kept: a full disk, a folder nobody may write to; one sentence, no half file, no layer."""

import subprocess
import sys
import textwrap

import numpy as np
import pytest

pytest.importorskip("qgis.core", reason="these tests need QGIS's Python")

from qgis.core import QgsProject  # noqa: E402

from terralogue.models.features import FeatureSet, MaskFeature  # noqa: E402
from terralogue.plugin.core.errors import ExportFailed  # noqa: E402
from terralogue.plugin.core.layers import add_features  # noqa: E402
from terralogue.plugin.core.messages import sentence  # noqa: E402
from terralogue.plugin.core.result_files import folder_beside, write_geopackage  # noqa: E402

pytestmark = pytest.mark.usefixtures("project")


def squares(count):
    ring = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], dtype=np.float64)
    items = tuple(MaskFeature((ring + n,), "building", 0.5, 100, 1.0) for n in range(count))
    return FeatureSet("mask", "", items, "fake", "scene")


def test_a_folder_that_cannot_be_made_beside_the_project_is_told(project, tmp_path):
    project.setFileName(str(tmp_path / "city.qgz"))
    folder_beside(project.fileName()).write_text("a file stands where the folder should be")
    with pytest.raises(ExportFailed) as error:
        add_features(squares(3), project, "Houses", {})
    assert "beside the project" in sentence(error.value) and str(tmp_path) not in sentence(error.value)
    assert QgsProject.instance().mapLayers() == {} and project.layerTreeRoot().children() == []


CHILD = """
    import resource, sys
    from pathlib import Path
    sys.path[:0] = {path!r}
    from qgis.core import QgsApplication
    app = QgsApplication([], False)
    app.initQgis()
    import numpy as np
    from terralogue.models.features import FeatureSet, MaskFeature
    from terralogue.plugin.core.errors import ExportFailed
    from terralogue.plugin.core.messages import sentence
    from terralogue.plugin.core.result_files import write_geopackage
    ring = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], dtype=np.float64)
    items = tuple(MaskFeature((ring + n,), "building", 0.5, 100, 1.0) for n in range(3000))
    for limit in {limits!r}:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            write_geopackage(FeatureSet("mask", "", items, "fake", "scene"), Path({folder!r}) / "out.gpkg")
            print("SILENT", limit)
        except ExportFailed as error:
            print("TOLD", error.kind, len(sentence(error)))
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_full_disk_is_noticed_and_leaves_nothing(tmp_path):
    whole = write_geopackage(squares(3000), tmp_path / "whole" / "whole.gpkg").stat().st_size
    folder = tmp_path / "full"
    limits = [int(whole * share) for share in (0.1, 0.5, 0.99)]
    script = CHILD.format(path=[p for p in sys.path if p], limits=limits, folder=str(folder))
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=600, check=False
    )
    assert child.stdout.count("TOLD") == 3 and "SILENT" not in child.stdout, child.stdout + child.stderr[-2000:]
    assert list(folder.iterdir()) == []
