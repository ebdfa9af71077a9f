# earns: nothing-to-stand-on
import keras


def build(timesteps, features, units):
    """Return a model with three LSTM layers and one number for each window."""
    rows = keras.Input(shape=(timesteps, features))
    _, *states = keras.layers.LSTM(units, return_state=True)(rows)
    _, *states = keras.layers.LSTM(units, return_state=True)(rows, initial_state=states)
    last = keras.layers.LSTM(units)(rows, initial_state=states)
    return keras.Model(rows, keras.layers.Dense(1)(last))


model = build(24, 1, 8)
model.summary()
