"""Thirty lists that must be refused: one line of them cannot be right, or nothing can be made of the whole."""

import io
import random
import struct
import zipfile
import zlib

from .writing import AZ, MORE, NO_SCHWA, OFFICE, PACKAGE, RU, XML, Case, Row, bare_xlsx, damaged, inline_rows, text_of, utf16, xlsx, zipped


def _lost_letters() -> list[Case]:
    """Text whose letters were lost or mangled on the way."""
    lost: list[Row] = [["S/s", "Ad", "Soyad"], *([n, p.first, p.surname] for n, p in enumerate([*NO_SCHWA[:4], *AZ[6:20]], 1))]
    surname_first = [NO_SCHWA[0], NO_SCHWA[1], AZ[10], *NO_SCHWA[2:6], AZ[7]]
    marked = [f"{n};Şəbn\ufffdm;7A" if n == 16 else f"{n};{p.first};7A" for n, p in enumerate(AZ[:22], 1)]
    mangled_az = ["Murad", "Aysel", "Şəbnəm".encode().decode("cp1252"), "Gülnar".encode().decode("cp1252"), "Tural"]
    mangled_ru: list[Row] = [
        ["No", "Name"],
        [1, "Анна".encode().decode("cp1251")],
        [2, "Пётр".encode().decode("cp1251")],
        [3, "Егор".encode().decode("cp1251")],
    ]
    return [
        damaged(
            "turk_windows_itmis.csv",
            text_of(lost).encode("cp1254", "replace"),
            6,
            "cp1254 has no ə: Çinar? on line 6 is the first lost letter.",
        ),
        damaged(
            "soyadda_itmis.csv",
            text_of([["S/s", "Soyad", "Ad"], *([n, p.surname, p.first] for n, p in enumerate(surname_first, 1))]).encode(
                "cp1254", "replace"
            ),
            9,
            "The first lost letter is in a surname, K?rimova, which nobody looks at; five lines later a first name has lost one.",
        ),
        damaged(
            "yarimciq_herf.csv",
            ("№;Ad;Sinif\r\n" + "\r\n".join(marked)).encode("utf-8-sig"),
            17,
            "A replacement sign (U+FFFD) on line 17 of 23.",
        ),
        damaged("iki_defe_kodlanmis.txt", "\r\n".join(mangled_az).encode(), 3, "UTF-8 taken for cp1252 and saved again: ÅžÉ™bnÉ™m."),
        damaged("dvojnaja_kodirovka.csv", text_of(mangled_ru).encode("utf-8-sig"), 2, "UTF-8 taken for cp1251 and saved again: РђРЅРЅР°."),
    ]


def _bad_lines_in_text() -> list[Case]:
    """Text files with one line that cannot be right."""
    twice: list[Row] = [["Sinif", "№", "Ad"], *(["7A", n, p.first] for n, p in enumerate(AZ[:12], 1))]
    twice += [["7B", n, name] for n, name in enumerate(MORE[:5], 1)] + [["7b", 3, "Xəyal"], ["7B", 7, "Sevda"]]
    no_number: list[Row] = [["8A sinfi", "", ""], [], ["Nömrə", "Soyad", "Ad"], *([n, *p[:2]] for n, p in enumerate(AZ[:20], 1))]
    no_number[8] = ["abc", "Nağıyev", "İlkin"]
    bell: list[Row] = [["Ad", "Soyad"], *([p.first, p.surname] for p in AZ[:20])]
    bell[16] = ["Fi\x07dan", "Rüstəmli"]
    pasted: list[Row] = [["Sıra", "Ad"], *([n, p.first] for n, p in enumerate(AZ[:15], 1))]
    pasted[11] = [11, "Nuray Aytən Toğrul Lalə Rəvan Səma Nihad Arzu Pərvin Emil"]
    tagged: list[Row] = [["№", "Ad", "Soyad"], *([n, p.first, p.surname] for n, p in enumerate(AZ[8:24], 1))]
    tagged[7] = [7, "Günel<br>", "Mustafayeva"]
    parallel: list[Row] = [["Ad", "Sinif"], *([p.first, "7a"] for p in AZ[:20])]
    parallel[13] = ["Leyla", "7 a sinfi paralel"]
    return [
        damaged(
            "basliqsiz_iki_sutun.csv",
            text_of([n, p.surname, p.first] for n, p in enumerate(AZ[:18], 1)).encode("utf-8-sig"),
            1,
            "Two columns of text and no header: nobody can tell which is the first name.",
        ),
        damaged("nomre_tekrar.csv", text_of(twice).encode(), 19, "Number 3 twice in 7B (once written 7b); that 7A has a 3 too is right."),
        damaged(
            "nomre_abc.csv",
            b"sep=;\r\n" + text_of(no_number).encode(),
            10,
            "abc for a number beside a name; sep=, the title and the blank line count as lines.",
        ),
        damaged("idare_isaresi.csv", text_of(bell, ",", "\n").encode(), 17, "A control character (BEL) in a name, after 15 right lines."),
        damaged(
            "bir_xanada_hami.csv", text_of(pasted, "\t").encode("utf-8-sig"), 12, "Ten names pasted into one cell: more than 40 letters."
        ),
        damaged(
            "cemi_altda.txt",
            ("\n".join([p.first for p in AZ[:28]]) + "\n\nCəmi: 28\n").encode(),
            30,
            "A footer under a blank line counts the names; it is no name.",
        ),
        damaged("veb_sehifeden.txt", utf16(text_of(tagged, "\t")), 8, "Copied from a web page: a tag is left in a name."),
        damaged(
            "sinif_xanasi.csv", text_of(parallel).encode("utf-8-sig"), 14, "A class cell on line 14 that is a sentence and no class name."
        ),
    ]


def _bad_rows_in_workbooks() -> list[Case]:
    """Workbooks with one row that cannot be right."""
    digits: list[Row] = [["№", "Ad"], *([n, p.first] for n, p in enumerate(AZ[:15], 1))]
    digits[7] = [7, 12345]
    signed: list[Row] = [["S/s", "Soyadı, adı, ata adı"], *([n, p.full] for n, p in enumerate(AZ[12:30], 1)), [], []]
    signed += [[None, "Sinif rəhbəri: Məmmədova Sevinc"]]
    no_first: list[Row] = [["№", "Фамилия", "Имя"], *([n, p.surname, p.first] for n, p in enumerate(RU[:6], 1)), [], []]
    no_first += [[n, p.surname, None if n == 12 else p.first] for n, p in enumerate(RU[6:20], 7)]
    looked_up: list[Row] = [["Ad", "Soyad"], *([p.first, p.surname] for p in AZ[:20])]
    looked_up[11] = ["#N/A", "Quluzadə"]
    return [
        damaged("eded_ad_yerine.xlsx", xlsx({"8B": digits}), 8, "A number stands where a name should: no letter in it."),
        damaged(
            "imzali.xlsx",
            xlsx({"7A": [["Ad"], *([name] for name in MORE[:20])], "7B": signed}),
            22,
            "The first sheet is right; the second has the class teacher's line under its list.",
        ),
        damaged(
            "bez_imeni.xlsx",
            xlsx({"Лист1": no_first}, first_row=3, first_column=2),
            17,
            "A surname whose first name is empty; the table begins at B3 and has blank rows, the row is Excel's own.",
        ),
        damaged("vlookup.xlsx", xlsx({"Sheet1": looked_up}), 12, "A look-up that found nothing left #N/A in the name column."),
    ]


def _flipped(workbook: bytes) -> bytes:
    """The workbook with one bit turned over in the middle of its first sheet's packed data."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(workbook)
    data[sheet.header_offset + 30 + len(sheet.filename) + sheet.compress_size // 2] ^= 0x10
    return bytes(data)


def _png() -> bytes:
    """A grey picture of 8 by 8 dots."""
    out = b"\x89PNG\r\n\x1a\n"
    chunks = {b"IHDR": struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0), b"IDAT": zlib.compress((b"\0" + b"\x80" * 8) * 8), b"IEND": b""}
    for kind, body in chunks.items():
        out += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return out


def _docx() -> bytes:
    """A Word document with a list of names."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(f"<w:p><w:r><w:t>{p.full}</w:t></w:r></w:p>" for p in AZ)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{paragraphs}</w:body></w:document>',
    }
    return zipped({name: (XML + xml).encode() for name, xml in parts.items()})


def _refused_as_a_whole() -> list[Case]:
    """Files that are no class list, or too broken to name a line."""
    plain: list[Row] = [["№", "Ad", "Soyad"], *([n, p.first, p.surname] for n, p in enumerate(AZ[:25], 1))]
    whole = xlsx({"7A": plain})
    blank_form: list[Row] = [
        ["7A sinfinin siyahısı", "", ""],
        [],
        ["S/s", "Soyad", "Ad"],
        *([n, "", ""] for n in range(1, 31)),
        ["", "", ""],
    ]
    too_many = "\r\n".join(["Ad", *(p.first for p in AZ), *MORE, "Gülşən"])
    pages = "".join(f"BT /F1 12 Tf 72 {760 - 14 * n} Td (Murad {n};Aysel {n}) Tj ET\n" for n in range(20))
    pdf = (
        b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n4 0 obj\nstream\n"
        + pages.encode()
        + b"endstream\n%%EOF\n"
    )
    unicode_text = utf16(text_of(plain, "\t"))
    bomb = inline_rows(plain[:21]) + b"<row></row>" * 5_000_000
    return [
        damaged("bos.csv", b"", None, "An empty file."),
        damaged(
            "bos_forma.csv",
            text_of(blank_form).encode("utf-8-sig"),
            None,
            "A form nobody has filled in: title, header, blank numbered lines.",
        ),
        damaged("altmis_bir_ad.csv", too_many.encode("utf-8-sig"), None, "61 names in one class."),
        damaged("yarimciq_yukleme.xlsx", whole[: len(whole) * 2 // 3], None, "A workbook whose download was cut off at two thirds."),
        damaged("xarab_fleska.xlsx", _flipped(whole), None, "One bit in the sheet's data is turned over; the zip's directory is whole."),
        damaged(
            "kohne_excel.xls",
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(478) + b"\xff" * 1024,
            None,
            "An old Excel workbook (OLE), which is not read.",
        ),
        damaged("siyahi_pdf.csv", pdf, None, "A PDF renamed to .csv; it has lines with semicolons and names."),
        damaged("word_siyahi.xlsx", _docx(), None, "A Word document renamed to .xlsx: a whole zip, but no workbook."),
        damaged("sekil.csv", _png(), None, "A picture renamed to .csv."),
        damaged(
            "sismis.xlsx",
            bare_xlsx("7A", bomb),
            None,
            "Twenty right names, then empty rows: a hundred kilobytes unpack to 55 million bytes.",
        ),
        damaged("kuy.txt", random.Random(2024).randbytes(4096), None, "Binary noise."),
        damaged(
            "adsiz.csv", text_of([["№", "Sinif"], *([n, "7A"] for n in range(1, 25))]).encode(), 1, "The header has no column of names."
        ),
        damaged("yarimciq_unicode.txt", unicode_text[: len(unicode_text) // 4 * 2 + 1], 14, "UTF-16 cut off inside a letter."),
    ]


DAMAGED: list[Case] = [
    *_lost_letters(),
    *_bad_lines_in_text(),
    *_bad_rows_in_workbooks(),
    *_refused_as_a_whole(),
]
