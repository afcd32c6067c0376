"""Models that users bring: segmentors and detectors as ONNX files that say of themselves how they want to be run."""
