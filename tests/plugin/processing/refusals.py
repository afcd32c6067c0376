"""What an algorithm says when it refuses."""

import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback


def refused_by(algorithm, run, **parameters):
    """The one sentence of a refusal."""
    heard = []

    class Listening(QgsProcessingFeedback):
        def reportError(self, error, fatal=False):  # noqa: N802 - QGIS
            heard.append(error)

    with pytest.raises(QgsProcessingException) as error:
        run(algorithm, Listening(), **parameters)
    said = (heard or [str(error.value)])[0]
    assert 10 < len(said) <= 200 and "Traceback" not in said and said[-1] == "."
    return said
