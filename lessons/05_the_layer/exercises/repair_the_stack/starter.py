import keras


def build(timesteps, features, units):
    """Return a model with three LSTM layers and one number for each window."""
    return keras.Sequential(
        [
            keras.Input(shape=(timesteps, features)),
            keras.layers.LSTM(units),
            keras.layers.LSTM(units),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Dense(1),
        ]
    )


model = build(24, 1, 8)
model.summary()
