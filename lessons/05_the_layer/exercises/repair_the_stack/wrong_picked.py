# earns: last-output-picked
import keras


def build(timesteps, features, units):
    """Return a model with three LSTM layers and one number for each window."""
    inputs = keras.Input(shape=(timesteps, features))
    x = inputs
    for _ in range(3):
        x = keras.layers.LSTM(units, return_sequences=True)(x)
    return keras.Model(inputs, keras.layers.Dense(1)(x[:, -1]))


model = build(24, 1, 8)
model.summary()
