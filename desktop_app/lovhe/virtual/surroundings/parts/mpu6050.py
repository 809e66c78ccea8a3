"""An MPU6050: accelerometer, gyroscope and a thermometer for the chip itself.

Source: InvenSense, "MPU-6000 and MPU-6050 Register Map and Descriptions" RM-MPU-6000A-00 revision 4.2, section 4 (registers, full
scales, the formula for temperature), and "Product Specification" PS-MPU-6000A-00 revision 3.4, section 6 (noise, zero-rate output).
The FIFO, the motion processor and the interrupt pin are not modelled: their registers hold what is written.
"""

from __future__ import annotations

from typing import Any, ClassVar

from lovhe.virtual.surroundings.parts.i2c_registers import RegisterPart
from lovhe.virtual.surroundings.parts.mpu6050_motion import Axes, Motion

_SMPLRT_DIV, _CONFIG, _GYRO_CONFIG, _ACCEL_CONFIG = 0x19, 0x1A, 0x1B, 0x1C
_INT_STATUS, _DATA, _FIFO_R_W, _WHO_AM_I = 0x3A, 0x3B, 0x74, 0x75
_PWR_MGMT_1, _PWR_MGMT_2 = 0x6B, 0x6C
_READ_ONLY = {*range(0x3A, 0x61), 0x72, 0x73, _WHO_AM_I}
_RESET, _SLEEP, _TEMP_DIS = 0x80, 0x40, 0x08
_IDENTITY = 0x68
_COUNTS_PER_G = (16384, 8192, 4096, 2048)
_COUNTS_PER_DPS = (131.0, 65.5, 32.8, 16.4)
_CHIP_C = 26.5
_NOISE_G, _NOISE_DPS, _NOISE_C = 0.003, 0.05, 0.05
_ZERO_RATE_DPS = 2.0
"""How far off zero a gyroscope at rest may be here; the data sheet allows ±20. Programs that add up rates must measure it first."""


class Mpu6050(RegisterPart):
    """Sleeps until PWR_MGMT_1 wakes it; then a new sample comes as often as SMPLRT_DIV and CONFIG say."""

    addresses: ClassVar[tuple[int, ...]] = (0x68, 0x69)

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        chance = self.site.random
        self._zero_rate_dps = tuple(round(chance.uniform(-_ZERO_RATE_DPS, _ZERO_RATE_DPS), 2) for _ in range(3))
        self._motion = Motion(*(float(self.values[name]) for name in ("tilt_x", "tilt_y", "shake")))
        self.power_up()

    def power_up(self) -> None:
        """Asleep; all other registers are 0."""
        self._registers = bytearray(128)
        self._registers[_PWR_MGMT_1] = _SLEEP
        self._registers[_WHO_AM_I] = _IDENTITY
        self._awake_us = self.now_us
        self._sample = 0

    def on_set(self, quantity_id: str) -> None:
        """A hand begins to tilt it, or to shake it."""
        super().on_set(quantity_id)
        value = float(self.values[quantity_id])
        if quantity_id == "shake":
            self._motion.shake_g = value
        else:
            self._motion.turn(("tilt_x", "tilt_y").index(quantity_id), value, self.now_us)

    def write_register(self, register: int, byte: int) -> None:
        """Any register that can be written; changed sampling begins anew."""
        if register in _READ_ONLY or register >= len(self._registers):
            return
        if register == _PWR_MGMT_1 and byte & _RESET:
            self.power_up()
            return
        if register in (_SMPLRT_DIV, _CONFIG, _PWR_MGMT_1) and byte != self._registers[register]:
            self._awake_us, self._sample = self.now_us, 0
        self._registers[register] = byte

    def read_register(self, register: int) -> int:
        """Any register; to read INT_STATUS clears it."""
        if register >= len(self._registers):
            return 0
        byte = self._registers[register]
        if register == _INT_STATUS:
            self._registers[register] = 0
        return byte

    def next_register(self, register: int) -> int:
        """The next one, but for the FIFO's, which is read again and again."""
        return register if register == _FIFO_R_W else super().next_register(register)

    def refresh(self) -> None:
        """Take the newest sample if it is a new one."""
        if self._registers[_PWR_MGMT_1] & _SLEEP:
            return
        period_us = self._period_us()
        sample = (self.now_us - self._awake_us) // period_us
        if sample > self._sample:
            self._sample = sample
            self._measure(self._awake_us + sample * period_us)

    def state(self) -> dict[str, Any]:
        """What it feels, without the noise."""
        x, y, z = (round(value, 3) + 0.0 for value in self._motion.acceleration_g(self.now_us))  # no -0.0
        return {"acceleration_x_g": x, "acceleration_y_g": y, "acceleration_z_g": z}

    def _period_us(self) -> int:
        """The gyroscope gives 1000 samples a second behind the low-pass filter and 8000 without; SMPLRT_DIV passes one in so many."""
        filtered = 1 <= self._registers[_CONFIG] & 7 <= 6
        return (1000 if filtered else 125) * (1 + self._registers[_SMPLRT_DIV])

    def _measure(self, moment_us: int) -> None:
        gauss = self.site.random.gauss
        per_g = _COUNTS_PER_G[self._registers[_ACCEL_CONFIG] >> 3 & 3]
        per_dps = _COUNTS_PER_DPS[self._registers[_GYRO_CONFIG] >> 3 & 3]
        acceleration = [per_g * (value + gauss(0, _NOISE_G)) for value in self._motion.acceleration_g(moment_us)]
        rates: Axes = self._motion.rates_dps(moment_us)
        turning = [per_dps * (rate + zero + gauss(0, _NOISE_DPS)) for rate, zero in zip(rates, self._zero_rate_dps, strict=True)]
        temperature = 340 * (_CHIP_C + gauss(0, _NOISE_C) - 36.53)
        off = self._registers[_PWR_MGMT_2]
        halted = [bool(off >> bit & 1) for bit in (5, 4, 3)], [bool(off >> bit & 1) for bit in (2, 1, 0)]
        no_temperature = bool(self._registers[_PWR_MGMT_1] & _TEMP_DIS)
        for place, (value, stays) in enumerate(
            zip([*acceleration, temperature, *turning], [*halted[0], no_temperature, *halted[1]], strict=True)
        ):
            if not stays:
                at = _DATA + 2 * place
                self._registers[at : at + 2] = min(max(round(value), -32768), 32767).to_bytes(2, "big", signed=True)
        self._registers[_INT_STATUS] |= 1


MODEL = Mpu6050
