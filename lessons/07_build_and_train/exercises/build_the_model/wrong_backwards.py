# earns: not-the-defaults
import keras


def build(timesteps, features, units, horizon, learning_rate):
    """Return a compiled model with one LSTM."""
    model = keras.Sequential(
        [
            keras.Input(shape=(timesteps, features)),
            keras.layers.LSTM(units, go_backwards=True),
            keras.layers.Dense(horizon),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss="mse")
    return model
