for _ in range(300000):
    print("x" * 100)
