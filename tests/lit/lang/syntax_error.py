# exit: 1
# only: run - a native build reports it when it compiles
print("never printed")
x = (1,
     2
y = 3
