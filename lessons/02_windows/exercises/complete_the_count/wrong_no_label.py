# earns: label-row-forgotten
def num_windows(num_rows, timesteps, horizon, stride):
    last_start = num_rows - timesteps
    if last_start < 0:
        return 0
    return last_start // stride + 1
