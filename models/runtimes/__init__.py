"""How ONNX Runtime comes to run a graph: which provider, tested how, remembered where, and what if memory runs out."""
