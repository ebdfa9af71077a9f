# earns: one-timestep-left
import keras


def build(timesteps, features, units):
    """Return a model with three LSTM layers and one number for each window."""
    return keras.Sequential(
        [
            keras.Input(shape=(timesteps, features)),
            keras.layers.LSTM(units),
            keras.layers.Reshape((1, units)),
            keras.layers.LSTM(units),
            keras.layers.Reshape((1, units)),
            keras.layers.LSTM(units),
            keras.layers.Dense(1),
        ]
    )


model = build(24, 1, 8)
model.summary()
