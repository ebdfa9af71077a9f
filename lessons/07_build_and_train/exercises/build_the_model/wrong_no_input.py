# earns: no-input
import keras


def build(timesteps, features, units, horizon, learning_rate):
    """Return a compiled model with one LSTM."""
    model = keras.Sequential(
        [
            keras.layers.LSTM(units),  # (batch, units)
            keras.layers.Dense(horizon),  # (batch, horizon)
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss="mse")
    return model


model = build(12, 1, 16, 1, learning_rate=0.01)
