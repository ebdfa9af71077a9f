import keras


def build(timesteps, features, units, horizon, learning_rate):
    """Return a compiled model with one LSTM."""


model = build(12, 1, 16, 1, learning_rate=0.01)
if model is not None:
    model.summary()
