with open("test.txt", "w") as file:
    file.write("10\n")

with open("test.txt", "a") as file:
    file.write("20\n")

with open("test.txt", "w") as file:
    file.write("30\n")

with open("test.txt") as file:
    print(file.read())
