# earns: order-exchanged
import numpy as np

PASSENGERS = np.array([112.0, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118])


def rmse(truth, forecast):
    return float(np.sqrt(np.mean((truth - forecast) ** 2)))


def compare(rows, output, low, high, timesteps):
    """Return the RMSE of the network and of persistence, in the unit of the rows."""
    forecast = output[:, 0] * (high - low) + low
    truth = rows[timesteps:]
    persistence = rows[timesteps - 1 : -1]
    return rmse(truth, persistence), rmse(truth, forecast)


output = np.linspace(0.5, 1.0, 9).reshape(9, 1)  # as model.predict returns it
print(compare(PASSENGERS, output, low=104.0, high=148.0, timesteps=3))
