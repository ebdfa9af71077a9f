import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
table = np.cumsum(rng.normal(size=(2000, 5)), axis=0)
num_train = int(0.7 * len(table))
table = (table - table[:num_train].mean(axis=0)) / table[:num_train].std(axis=0)
past, future, step = 72, 12, 6
start = past + future
x_train, y_train = table[:num_train], table[start : start + num_train, 1:2]
train = keras.preprocessing.timeseries_dataset_from_array(
    x_train, y_train, sequence_length=past // step, sampling_rate=step, batch_size=64,
)
inputs = layers.Input(shape=(past // step, 5))
outputs = layers.Dense(1)(layers.LSTM(16)(inputs))
model = keras.Model(inputs=inputs, outputs=outputs)
model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.001), loss="mse")
history = model.fit(train, epochs=2, verbose=0)
