"""Class lists as teachers' programs really write them: 30 that must be read right, 30 that must be refused.

The same bytes come out every time: no clock, no unseeded chance. Workbooks that Excel would write are made by
openpyxl; those that other programs write, or that are damaged, are put together by hand.
"""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import openpyxl

ClassList = tuple[str, list[tuple[int | None, str]]]
Row = Sequence[object]


@dataclass(frozen=True)
class Case:
    """One file, and what the reader must make of it."""

    name: str
    data: bytes
    expected: list[ClassList] | None
    """Class name ("" if the file does not tell it) and its (number or None, first name); None if refused."""
    line: int | None
    """The 1-based line or Excel row that the refusal names; None if the file is refused as a whole."""
    why: str


class Pupil(NamedTuple):
    """A pupil as a school writes one down."""

    surname: str
    first: str
    father: str

    @property
    def full(self) -> str:
        """Surname, first name and father's name in one cell."""
        return f"{self.surname} {self.first} {self.father}"


def pupils(block: str) -> list[Pupil]:
    """Pupils from text, one a line."""
    return [Pupil(*line.split(maxsplit=2)) for line in block.strip().splitlines()]


AZ = pupils("""
Əliyev Murad Rəşad oğlu
Məmmədova Aysel Tural qızı
Hüseynov Öqtay Natiq oğlu
Quliyeva Gülnar Ramin qızı
Həsənli Şəbnəm Elçin qızı
Nağıyev İlkin Akif oğlu
Babayeva Çinarə Samir qızı
Rzayeva Xədicə Faiq qızı
İsmayılov Ağa Mirzə oğlu
Süleymanov Vüqar Xalid oğlu
Kərimova Nuray Anar qızı
Quluzadə Ceyhun Zaur oğlu
Abbasova Leyla Orxan qızı
Orucov Tural Sahib oğlu
Mustafayeva Günel İlqar qızı
Cəfərov Əli Hikmət oğlu
Rüstəmli Fidan Kamran qızı
Bağırov Kamran Yusif oğlu
Qasımova Zəhra Mübariz qızı
Axundov Rüfət Çingiz oğlu
Şirinova Nigar Oqtay qızı
Yusifov Ömər Vaqif oğlu
Allahverdiyeva Ülviyyə Adil qızı
Tağıyev Şahin Cavid oğlu
Sultanova İnci Rövşən qızı
Novruzov Elvin Asif oğlu
Hacıyeva Səbinə Fuad qızı
Mahmudov Orxan Taleh oğlu
Ağayeva Jalə Emin qızı
Paşayev Uğur Tofiq oğlu
""")
RU = pupils("""
Петров Иван Сергеевич
Иванова Анна Дмитриевна
Кузнецов Артём Олегович
Смирнова Дарья Андреевна
Мамедов Тимур Эльдарович
Алиева Зарина Рауфовна
Шевченко Оксана Павловна
Вишневский Пётр Ильич
Соколова Ева Максимовна
Зайцев Лев Борисович
Гусейнов Руслан Фаридович
Орлова Софья Николаевна
Васильев Егор Антонович
Бондаренко Мария Юрьевна
Козлов Никита Романович
Морозова Полина Игоревна
Ахмедов Эмиль Назимович
Новикова Юлия Алексеевна
Фёдоров Семён Викторович
Чайковская Злата Марковна
Волков Ярослав Кириллович
Щукина Жанна Леонидовна
Рзаева Камилла Вагифовна
Лебедев Глеб Денисович
Цветкова Ульяна Степановна
""")
NO_SCHWA = [pupil for pupil in AZ if "ə" not in (pupil.surname + pupil.first).lower()]  # what cp1254 can write
MORE = re.findall(
    r"\w+",
    "Aytən Toğrul Lalə Rəvan Səma Nihad Arzu Pərvin Azadə Emil Züleyxa Nurlan Dilarə Rauf Mələk Sənan Aydan Xəyal Türkan Həsən "
    "Ofelya Cəmil Yeva Fərid Sevda İbrahim Röya Zakir Ləman Qədir",
)
ANY_ORDER_AZ = {
    "Əliyev Murad Rəşad oğlu": "Murad",
    "Aysel Tural qızı Məmmədova": "Aysel",
    "Həsənli Nigar Elçin qızı": "Nigar",
    "Fidan Kamran qızı Rüstəmli": "Fidan",
    "Quluzadə Ceyhun": "Ceyhun",
    "Leyla İsmayılzadə": "Leyla",
    "Kərimov Ayxan": "Ayxan",
    "Nuray Kərimova": "Nuray",
    "Vüqar Nağıyev": "Vüqar",
    "Rzayeva Xədicə": "Xədicə",
    "Məhəmməd Əli": "Məhəmməd Əli",
    "Anna Maria": "Anna Maria",
    "Öqtay Natiq oğlu Hüseynov": "Öqtay",
    "Babayeva Çinarə Samir qızı": "Çinarə",
    "Əli": "Əli",
    "Azadə": "Azadə",
}
ANY_ORDER_RU = {
    "Петров Иван Сергеевич": "Иван",
    "Анна Иванова": "Анна",
    "Смирнова Дарья": "Дарья",
    "Артём Кузнецов": "Артём",
    "Шевченко Оксана": "Оксана",
    "Мария Бондаренко": "Мария",
    "Вишневский Пётр": "Пётр",
    "Софья Чайковская": "Софья",
    "Анна Мария": "Анна Мария",
    "Алиева Зарина Рауфовна": "Зарина",
    "Тимур Мамедов": "Тимур",
    "Тимофей": "Тимофей",
}


def numbered(pupils: Iterable[Pupil]) -> list[tuple[int | None, str]]:
    """First names, counted from 1."""
    return [(number, pupil.first) for number, pupil in enumerate(pupils, 1)]


def unnumbered(names: Iterable[str]) -> list[tuple[int | None, str]]:
    """First names of a file that has no numbers."""
    return [(None, name) for name in names]


def text_of(rows: Iterable[Row], separator: str = ";", end: str = "\r\n", quote_all: bool = False) -> str:
    """Rows as delimited text, quoted where needed."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL).writerows(rows)
    return out.getvalue()


def utf16(text: str, big: bool = False) -> bytes:
    """UTF-16 with its mark, as Excel's "Unicode text"."""
    return codecs.BOM_UTF16_BE + text.encode("utf-16-be") if big else codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip that is the same each time: all its files are of 1980."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx(sheets: dict[str, Iterable[Row]], first_row: int = 1, first_column: int = 1, merged: str = "") -> bytes:
    """A workbook of these sheets, whose tables begin at the given row and column; None leaves a cell out."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row_number, row in enumerate(rows, first_row):
            for column_number, value in enumerate(row, first_column):
                if value is not None:
                    sheet.cell(row_number, column_number, value)
        if merged:
            sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2024-09-16T08:00:00Z", parts["docProps/core.xml"])
    return zipped(parts)


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def bare_xlsx(title: str, rows_xml: bytes, strings_xml: str = "") -> bytes:
    """A workbook with the few parts that web registers write: no styles, no properties, no dimension."""
    strings_kind = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/>' if strings_xml else ""
    strings_link = f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>' if strings_xml else ""
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>{strings_kind}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f'<sheets><sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>{strings_link}</Relationships>',
    }
    if strings_xml:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings_xml}</sst>'
    encoded = {name: (XML + xml).encode() for name, xml in parts.items()}
    head = f'{XML}<worksheet xmlns="{MAIN}"><sheetData>'.encode()
    return zipped(encoded | {"xl/worksheets/sheet1.xml": head + rows_xml + b"</sheetData></worksheet>"})


def inline_rows(rows: Iterable[Row]) -> bytes:
    """Rows with their text in the cells; numbers are written as 1.0."""
    out = []
    for row_number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{column}{row_number}"><v>{value:.1f}</v></c>'
            if isinstance(value, int)
            else f'<c r="{column}{row_number}" t="inlineStr"><is><t>{value}</t></is></c>'
            for column, value in zip("ABCDEFGH", row, strict=False)
        )
        out.append(f'<row r="{row_number}">{cells}</row>')
    return "".join(out).encode()


def good(name: str, data: bytes, why: str, *lists: ClassList) -> Case:
    """A file that must be read right."""
    return Case(name, data, list(lists), None, why)


def damaged(name: str, data: bytes, line: int | None, why: str) -> Case:
    """A file that must be refused."""
    return Case(name, data, None, line, why)
