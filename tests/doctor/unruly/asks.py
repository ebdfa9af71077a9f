answer = input("How many units? ")
