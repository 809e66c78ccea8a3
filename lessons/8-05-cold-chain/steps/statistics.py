with open("test.txt", "w") as file:
    file.write("5.0\n4.5\n9.0\n5.5\n")

values = []
with open("test.txt") as file:
    for line in file:
        values.append(GAP_1)

rows = GAP_2
least = GAP_3
mean = GAP_4
print("rows:", rows)
print("least:", least)
print("mean:", mean)
