# caught by: blinks
import time

while True:
    print("LED: on")
    time.sleep(0.5)
    print("LED: off")
    time.sleep(0.5)
