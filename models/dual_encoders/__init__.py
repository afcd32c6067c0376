"""Published encoders of pictures and words, converted from files that the user has: run with ONNX Runtime, never torch."""
