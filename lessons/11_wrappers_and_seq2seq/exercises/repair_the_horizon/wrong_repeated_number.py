# earns: same-for-all-steps
import keras
from keras import layers


def build(timesteps, units, horizon):
    model = keras.Sequential(
        [
            keras.Input(shape=(timesteps, 1)),
            layers.LSTM(units),
            layers.Dense(1),
            layers.RepeatVector(horizon),
        ]
    )
    model.compile(optimizer="adam", loss="mse")
    return model
