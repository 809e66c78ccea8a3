from machine import Pin, Timer

green = Pin(18, Pin.OUT)
red = Pin(19, Pin.OUT)
log = []
wrong = 0


def close(timer):
    green.off()


def unlock(timer):
    red.off()


while True:
    typed = input("Your code, please: ")
    if typed == "log":
        log = log[-5:]
        for entry in log:
            print("-", entry)
        print("entries:", len(log))
    elif red.value():
        print("please wait")
    elif typed == "58203":
        wrong = 0
        log.append("open")
        green.on()
        Timer(0).init(period=1000, mode=Timer.ONE_SHOT, callback=close)
    else:
        log.append("wrong")
        wrong += 1
        if wrong >= 3:
            wrong = 0
            red.on()
            Timer(1).init(period=3000, mode=Timer.ONE_SHOT, callback=unlock)
