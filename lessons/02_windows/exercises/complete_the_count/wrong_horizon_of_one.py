# earns: horizon-taken-as-one
def num_windows(num_rows, timesteps, horizon, stride):
    last_start = num_rows - timesteps - 1
    if last_start < 0:
        return 0
    return last_start // stride + 1
