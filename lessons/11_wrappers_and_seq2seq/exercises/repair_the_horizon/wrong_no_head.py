# earns: units-for-horizon
import keras
from keras import layers


def build(timesteps, units, horizon):
    model = keras.Sequential(
        [
            keras.Input(shape=(timesteps, 1)),
            layers.LSTM(horizon),  # (batch, units), after the whole window
        ]
    )
    model.compile(optimizer="adam", loss="mse")
    return model
