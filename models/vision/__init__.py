"""Vision models: what they see in a tile of pixels, as scores. ONNX at run time."""
