# earns: returns-nothing
def num_windows(num_rows, timesteps, horizon, stride):
    last_start = num_rows - timesteps - horizon
    print(last_start // stride + 1)
