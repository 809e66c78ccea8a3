code = 58203

typed = input("Code? ")
if typed == code:
    print("The door opens.")
else:
    print("The door stays shut.")
