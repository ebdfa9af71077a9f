import os
open("litter.txt", "w").write("x")
os.makedirs("more_litter")
open(os.path.join(os.path.dirname(__file__), "beside.txt"), "w").write("x")
