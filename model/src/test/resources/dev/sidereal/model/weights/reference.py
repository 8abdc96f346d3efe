# Writes reference.safetensors: pip install safetensors==0.8.0 numpy, python reference.py
import numpy as np
import safetensors.numpy

safetensors.numpy.save_file(
    {
        "b.weight": np.arange(6, dtype=np.float32).reshape(2, 3) - 2.5,
        "half": np.array([1.5, -0.1], dtype=np.float16),
        "ids": np.array([[1], [-2]], dtype=np.int64),
        "empty": np.zeros((0, 4), dtype=np.float32),
        "scalar": np.array(7, dtype=np.int32),
        "größe 😀": np.array([True, False, True]),
        "d": np.array([0.1], dtype=np.float64),
        "u": np.array([255], dtype=np.uint8),
        "i8": np.array([-3], dtype=np.int8),
        "i16": np.array([-300, 5], dtype=np.int16),
    },
    "reference.safetensors",
    metadata={"format": "pt"},
)
