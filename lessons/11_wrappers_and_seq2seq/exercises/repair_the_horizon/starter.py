import keras
from keras import layers


def build(timesteps, units, horizon):
    model = keras.Sequential(
        [
            keras.Input(shape=(timesteps, 1)),
            layers.LSTM(units, return_sequences=True),
            layers.TimeDistributed(layers.Dense(1)),
        ]
    )
    model.compile(optimizer="adam", loss="mse")
    return model


print(build(timesteps=48, units=8, horizon=48).output_shape)  # 48 numbers, as there are labels
