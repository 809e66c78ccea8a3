# The chip's `aioespnow`: ESP-NOW for asyncio.

import espnow

import _radio as _radio


class AIOESPNow(espnow.ESPNow):
    async def arecv(self):
        raise _radio.missing()

    async def airecv(self):
        raise _radio.missing()

    async def asend(self, mac, msg=None, sync=None):
        raise _radio.missing()

    def __aiter__(self):
        return self

    async def __anext__(self):
        return await self.airecv()
