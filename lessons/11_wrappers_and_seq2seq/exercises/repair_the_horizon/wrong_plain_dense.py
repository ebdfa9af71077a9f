# earns: output-per-timestep
import keras
from keras import layers


def build(timesteps, units, horizon):
    model = keras.Sequential(
        [
            keras.Input(shape=(timesteps, 1)),
            layers.LSTM(units, return_sequences=True),  # (batch, units), after the whole window
            layers.Dense(1),  # (batch, horizon)
        ]
    )
    model.compile(optimizer="adam", loss="mse")
    return model
