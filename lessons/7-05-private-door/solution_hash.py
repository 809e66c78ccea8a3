from machine import Pin
import hashlib
import time

green = Pin(18, Pin.OUT)
red = Pin(19, Pin.OUT)
secret = b"\x3a\x72\x30\x70\x17\x12"
wrong = 0
log = ""
words = {"o": "open", "w": "wrong"}


def fingerprint(text):
    return hashlib.sha256(b"shirvan " + text.encode()).digest()[:6]


while True:
    typed = input("Code? ")
    if typed == "log":
        print("entries:", len(log))
        print(" ".join(words[letter] for letter in log))
        continue
    if fingerprint(typed) == secret:
        wrong = 0
        log = (log + "o")[-5:]
        led, seconds = green, 1
    else:
        wrong += 1
        log = (log + "w")[-5:]
        if wrong < 3:
            continue
        wrong = 0
        led, seconds = red, 3
    led.on()
    time.sleep(seconds)
    led.off()
