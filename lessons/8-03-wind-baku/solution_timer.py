from machine import Pin, Timer
import time

storm = Pin(23, Pin.OUT)
state = {"turns": 0, "speed": 0}
windows = []


def magnet(pin):
    state["turns"] += 1


def each_second(timer):
    turns = state["turns"]
    state["turns"] = 0
    state["speed"] = turns * 1.3
    windows.append(state["speed"])
    if len(windows) > 4:
        del windows[0]
    print("turns:", turns)
    print("speed:", state["speed"])
    print("mean:", sum(windows) / len(windows))


def flash(timer):
    storm.value(state["speed"] > 8 and not storm.value())


Pin(27, Pin.IN, Pin.PULL_UP).irq(handler=magnet, trigger=Pin.IRQ_FALLING)
Timer(0).init(period=1000, callback=each_second)
Timer(1).init(period=200, callback=flash)

while True:
    time.sleep(1)
