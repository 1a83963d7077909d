import sys

print("bye", end="")
sys.exit()
