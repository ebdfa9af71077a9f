import keras
import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
days = pd.date_range('2020-01-01', periods=400).strftime('%d/%m/%Y')
table = pd.DataFrame({'day': days, 'price': np.sin(np.arange(400) / 7) + 0.1 * rng.normal(size=400)})
table['day'] = pd.to_datetime(table['day'], errors='coerce')
series = table.dropna().sort_values('day')['price'].to_numpy().astype('float32')
x = np.stack([series[i:i + 10] for i in range(len(series) - 10)])[..., None]
y = series[10:]
model = keras.Sequential([
    keras.Input(shape=(10, 1)),
    keras.layers.LSTM(8),
    keras.layers.Dense(1),
])
model.compile(optimizer='adam', loss='mse')
model.fit(x[:120], y[:120], epochs=2, verbose=0)
