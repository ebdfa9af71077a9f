import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
title = rng.integers(0, 100, (96, 10))
body = rng.integers(0, 100, (96, 20))
tags = rng.integers(0, 2, (96, 12)).astype("float32")
priority = rng.random((96, 1)).astype("float32")
department = np.eye(4)[rng.integers(0, 4, 96)]
title_in, body_in = keras.Input((None,), name="title"), keras.Input((None,), name="body")
tags_in = keras.Input((12,), name="tags")
h = layers.concatenate([
    layers.LSTM(16)(layers.Embedding(100, 8)(title_in)),
    layers.LSTM(8)(layers.Embedding(100, 8)(body_in)),
    tags_in,
])
priority_out = layers.Dense(1, name="priority")(h)
department_out = layers.Dense(4, name="department")(h)
model = keras.Model([title_in, body_in, tags_in], {"priority": priority_out, "department": department_out})
model.compile(
    "rmsprop",
    loss={
        "priority": keras.losses.BinaryCrossentropy(from_logits=True),
        "department": keras.losses.CategoricalCrossentropy(from_logits=True),
    },
    loss_weights={"priority": 1.0, "department": 0.2},
)
model.fit(
    {"title": title, "body": body, "tags": tags}, {"priority": priority, "department": department},
    epochs=2, batch_size=32, verbose=0,
)
