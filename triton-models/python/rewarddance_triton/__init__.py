"""What the model.py files of the model repository share: each model once, over numpy and ONNX Runtime.

A Triton server runs it through `serving.TritonPythonModel`; nothing else in here knows of Triton.
"""
