"""Numbers and units follow the language, and nothing else of a text does."""

import pytest
from lovhe.core.number_words import in_words


@pytest.mark.parametrize(
    ("text", "az", "ru"),
    [
        ("0.5 s ± 15 %", "0,5 s ± 15 %", "0,5 с ± 15 %"),
        ("500 ms", "500 ms", "500 мс"),
        ("≥ 1.5 kHz", "≥ 1,5 kHz", "≥ 1,5 кГц"),
        ("20 cm … 40cm", "20 sm … 40sm", "20 см … 40см"),
        ("23.5 °C ± 2 °C", "23,5 °C ± 2 °C", "23,5 °C ± 2 °C"),
        ("≥ 4", "≥ 4", "≥ 4"),
        ("button = pressed", "button = pressed", "button = pressed"),
        ("light.2 = 10 %", "light.2 = 10 %", "light.2 = 10 %"),
        ("level.distance = 60 cm → 20 cm", "level.distance = 60 sm → 20 sm", "level.distance = 60 см → 20 см"),
    ],
)
def test_a_comma_and_the_units_signs(text, az, ru):
    """English keeps what the author wrote."""
    assert in_words(text).by_language == {"en": text, "az": az, "ru": ru}
