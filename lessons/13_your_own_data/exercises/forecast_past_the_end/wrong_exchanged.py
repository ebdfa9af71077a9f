# earns: figures-exchanged
import numpy as np


def network(X, weights):
    """Stand-in for a trained network: (samples, timesteps, 1) in, (samples, 1) out."""
    if X.ndim != 3:
        raise ValueError(f"expected ndim=3, found ndim={X.ndim}. Full shape received: {X.shape}")
    return X[:, :, 0] @ weights[:, np.newaxis] + 0.5


def forecast_next(values, timesteps, mean, deviation, weights):
    """Forecast the row behind the last one, in original units."""
    scaled = (values - mean) / deviation
    X = scaled[-timesteps:].reshape(1, timesteps, 1)  # one sample
    output = network(X, weights)  # (1, 1)
    return float(output[0, 0] * mean + deviation)


print(forecast_next(np.array([4.0, 6.0, 8.0, 10.0]), 2, 6.0, 2.0, np.array([0.0, 1.0])))
