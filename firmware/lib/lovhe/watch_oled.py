"""The graphic display's texts, letter by letter: what is drawn over another letter is told as ▒, for nobody can read it."""

from lovhe.watch_displays import after, shows


def _rows(screen):
    """The letters in a screen's picture: y to x to letter."""
    try:
        return screen._lv_rows
    except AttributeError:
        screen._lv_rows = {}
        return screen._lv_rows


def watch(owner):
    """Have the class `owner` tell the texts that were drawn when it shows its picture."""
    ground = 0  # the colour below the text

    def look(self, text, x, y, colour=1):
        nonlocal ground
        ground = self.pixel(x, y) or 0

    def drew(self, text, x, y, colour=1):
        rows = _rows(self)
        letters = list(text)
        for top in rows:
            if not -8 < top - y < 8:
                continue
            row = rows[top]
            for left in list(row):
                n = (left - x) // 8
                beside = top != y or (left - x) % 8
                for n in (n, n + 1) if (left - x) % 8 else (n,):
                    if 0 <= n < len(text) and text[n] != " ":
                        if beside or row[left] != text[n]:
                            row[left] = letters[n] = "▒"
                        elif colour == ground:
                            del row[left]
        if colour != ground:
            row = rows.setdefault(y, {})
            for n, letter in enumerate(letters):
                if letter != " ":
                    row[x + 8 * n] = letter

    def fill(self, colour):
        _rows(self).clear()

    def fill_rect(self, x, y, width, height, colour):
        rows = _rows(self)
        for top in rows:
            if top < y + height and y < top + 7:
                for left in list(rows[top]):
                    if left < x + width and x < left + 8:
                        del rows[top][left]

    def rect(self, x, y, width, height, colour, filled=False):
        if filled:
            fill_rect(self, x, y, width, height, colour)

    def show(self):
        rows = _rows(self)
        text = ""
        for top in sorted(rows):
            if rows[top] and 0 <= top <= 8 * len(self._pages) - 7:
                text += "\n" if text else ""
                last = 128
                for left in sorted(rows[top]):
                    if 0 <= left <= 120:
                        text += (" " if left > last + 8 else "") + rows[top][left]
                        last = left
        shows("i2c", self._address, text)

    after(owner, "text", drew, before=look)
    after(owner, "fill", fill, inherited=True)
    after(owner, "fill_rect", fill_rect, inherited=True)
    after(owner, "rect", rect, inherited=True)
    after(owner, "show", show)
