"""Boards made of software: what esptool, mpremote and a class see instead of an ESP32."""
