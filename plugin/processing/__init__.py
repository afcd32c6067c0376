"""Terralogue in the Processing toolbox, in models, batches and ``qgis_process``: one algorithm a file."""
