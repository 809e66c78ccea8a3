"""The chip's processor: real MicroPython behind one seam, shut in, with the chip's modules in `guest/`."""
