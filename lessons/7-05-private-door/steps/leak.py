code = "58203"
log = []

while True:
    typed = input("Code? ")
    if typed == "log":
        print(log)
        print("entries:", len(log))
    else:
        log.append(typed)
