def summary(stack, timesteps, features):
    """Return (shape, parameters) for each layer, or None for a stack that Keras refuses."""


print(summary([(8, True), (4, False)], timesteps=24, features=1))
