"""The product without QGIS: numpy in, numpy out. Nothing here imports qgis or Qt."""
