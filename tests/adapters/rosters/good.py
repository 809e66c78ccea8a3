"""Thirty lists that must be read right."""

from datetime import date

from .writing import (
    ANY_ORDER_AZ,
    ANY_ORDER_RU,
    AZ,
    MORE,
    NO_SCHWA,
    RU,
    Case,
    Pupil,
    Row,
    bare_xlsx,
    good,
    inline_rows,
    numbered,
    text_of,
    unnumbered,
    utf16,
    xlsx,
)


def _good_azerbaijani_text() -> list[Case]:
    """Text files of Azerbaijani classes, with a header."""
    two_aysels = [*AZ[:24], Pupil("Vəliyeva", "Aysel", "Nazim qızı")]
    printed: list[Row] = [
        ["7A sinfinin siyahısı", "", "", ""],
        ["2024/2025-ci tədris ili", "", "", ""],
        [],
        ["S/s", "S.A.A.", "İmza", "Qeyd"],
    ]
    printed += [[number, pupil.full, "", ""] for number, pupil in enumerate(AZ[:25], 1)]
    printed += [[number, "", "", ""] for number in range(26, 32)] + [["", "", "", ""]] * 2
    register: list[Row] = [["FİN", "SOYADI", "ADI", "ATASININ ADI", "SİNİF", "DOĞUM TARİXİ", "", "", ""]]
    register += [[f"7K{n:02}PXA", p.surname, p.first, p.father, "8b", f"{n:02}.10.2011", "", "", ""] for n, p in enumerate(AZ[:22], 1)]
    mac = [Pupil("Seyidov", "Seyid Məhəmmədhüseyn Əbdülqasım Mirzağa", ""), Pupil("Zeynalova", "Fatimə-Zəhra", ""), *AZ[10:24]]
    return [
        good(
            "7a_siyahi.csv",
            text_of([["№", "Soyadı", "Adı", "Atasının adı"], *([n, *p] for n, p in enumerate(two_aysels, 1))]).encode("utf-8-sig"),
            "Excel's CSV UTF-8: a mark, semicolons, CRLF; two girls of one first name.",
            ("", numbered(two_aysels)),
        ),
        good(
            "unicode_metn.txt",
            utf16(
                text_of([["Sıra", "Ad", "Soyad", "Ata adı"], *([n, p.first, p.surname, p.father] for n, p in enumerate(AZ[4:28], 1))], "\t")
            ),
            "Excel's Unicode text: UTF-16 LE with tabs.",
            ("", numbered(AZ[4:28])),
        ),
        good(
            "8c_turk_windows.csv",
            text_of([["S/s", "Adı", "Soyadı"], *([n, p.first, p.surname] for n, p in enumerate(NO_SCHWA, 1))]).encode("cp1254"),
            "Plain CSV of a Turkish Windows: cp1254, and no name needs an ə.",
            ("", numbered(NO_SCHWA)),
        ),
        good(
            "libreoffice_calc.csv",
            text_of(
                [["№", "Soyadı, adı, ata adı", "Doğum tarixi"], *([n, p.full, f"{n:02}.03.2012"] for n, p in enumerate(AZ[6:26], 1))],
                ",",
                "\n",
                quote_all=True,
            ).encode(),
            "LibreOffice with every cell quoted: the comma inside the header is no separator, and the second word is the first name.",
            ("", numbered(AZ[6:26])),
        ),
        good(
            "google_forma_cavablari.csv",
            text_of(
                [
                    ["Timestamp", "E-mail", "First name", "Surname", "Phone"],
                    *(
                        [
                            f"2024/09/{n:02} 9:0{n % 10}:12 AM GMT+4",
                            f"pupil{n}@example.edu.az",
                            p.first,
                            p.surname,
                            f"+994 (50) 555-01-{n:02}",
                        ]
                        for n, p in enumerate(AZ[14:30], 1)
                    ),
                ],
                ",",
            ).encode(),
            "A Google form's answers: the signs in the mail, time and phone columns do not matter, and none is kept.",
            ("", unnumbered(p.first for p in AZ[14:30])),
        ),
        good(
            "kohne_mac.csv",
            text_of([["Nömrə", "Ad", "Soyad"], *([n, p.first, p.surname] for n, p in enumerate(mac, 1))], end="\r").encode("utf-8-sig"),
            "Excel for Mac ends lines with a lone CR; a hyphen and a name of 39 letters and spaces are allowed.",
            ("", numbered(mac)),
        ),
        good(
            "cap_formasi.csv",
            text_of(printed).encode("utf-8-sig"),
            "A form made for printing: title lines above the header, empty columns, blank numbered lines at its end.",
            ("", numbered(AZ[:25])),
        ),
        good(
            "e_jurnal_ixrac.csv",
            text_of(register).encode("utf-8-sig"),
            "A register's export with its header in capitals (ADI, SİNİF have their own small letters) and three empty columns.",
            ("8B", unnumbered(p.first for p in AZ[:22])),
        ),
    ]


def _good_names_in_one_cell() -> list[Case]:
    """Text files with a whole name in one cell, or nothing but names."""
    told = [Pupil("Quliyeva", "Azadə", ""), *AZ[:18], Pupil("Həsənova", "Yeva", "")]
    newcomer: list[Row] = [["Sıra", "Adı, soyadı", "Sinif"], *([n, f"{p.first} {p.surname}", "9c"] for n, p in enumerate(AZ[3:19], 1))]
    return [
        good(
            "7b_notepad.txt",
            "\n".join(MORE[:18]).encode(),
            "Typed in Notepad: one name a line, no mark, no header, no line end after the last.",
            ("", unnumbered(MORE[:18])),
        ),
        good(
            "nomreli_adlar.txt",
            "".join(f"{n}.\t{name} \r\n{'' if n % 5 else chr(13) + chr(10)}" for n, name in enumerate(MORE[:20], 1)).encode("utf-8-sig"),
            'Numbers as "1." and names by tab, no header, a blank line after each fifth, a space after each name.',
            ("", list(enumerate(MORE[:20], 1))),
        ),
        good(
            "tam_adlar.txt",
            ("\r\n".join(ANY_ORDER_AZ) + "\r\n\r\n").encode(),
            "Full names without a header, in any order: oğlu/qızı or the surname's ending tells, else it is a double name.",
            ("", unnumbered(ANY_ORDER_AZ.values())),
        ),
        good(
            "ad_soyad.csv",
            text_of([["No", "Ad Soyad"], *([n, f"{p.first} {p.surname}"] for n, p in enumerate(told, 1))], ",", "\n").encode("utf-8-sig"),
            'The header "Ad Soyad" tells the order, so Azadə and Yeva are no surnames though they end like some.',
            ("", numbered(told)),
        ),
        good(
            "9c_adi_soyadi.csv",
            text_of([*newcomer, ["", "Toğrul Əhmədov", "9C"]]).encode(),
            "An unquoted comma in a header between semicolons; the newcomer has no number yet; 9c and 9C are one class.",
            ("9C", [*numbered(AZ[3:19]), (None, "Toğrul")]),
        ),
    ]


def _good_russian_text() -> list[Case]:
    """Text files of Russian-section classes."""
    capitals: list[Row] = [["НОМЕР", "ФАМИЛИЯ", "ИМЯ", "ОТЧЕСТВО", "КЛАСС"], *([n, *p, "11г"] for n, p in enumerate(RU[5:21], 1))]
    fio: list[Row] = [
        ["Список учащихся 5Б класса", "", ""],
        ["№", "ФИО", "Телефон"],
        *([n, p.full, f"(055) 555-02-{n:02}"] for n, p in enumerate(RU[:20], 1)),
    ]
    return [
        good(
            "6v_klass.csv",
            text_of(
                [["№ п/п", "Фамилия", "Имя", "Отчество", "Дата рождения"], *([n, *p, f"{n:02}.05.2012"] for n, p in enumerate(RU, 1))]
            ).encode("cp1251"),
            "Plain CSV of a Russian Windows: cp1251, with № and ё.",
            ("", numbered(RU)),
        ),
        good(
            "5b_s_sep.csv",
            b"sep=;\r\n" + text_of(fio).encode(),
            "UTF-8 without a mark, begins with Excel's own sep=; line, then a title line.",
            ("", numbered(RU[:20])),
        ),
        good(
            "ucheniki_be.txt",
            utf16(text_of([["№", "Ученик"], *enumerate(ANY_ORDER_RU, 1)], "\t", "\n"), big=True),
            'UTF-16 BE; the header "Ученик" tells no order, so the surname\'s ending or the patronymic does.',
            ("", list(enumerate(ANY_ORDER_RU.values(), 1))),
        ),
        good(
            "parallel_7.csv",
            text_of([["Класс", "Фамилия", "Имя"], *([f"7{'аб'[n % 2]}", p.surname, p.first] for n, p in enumerate(RU))]).encode("cp1251"),
            "Two classes with Cyrillic letters in turn, without numbers, in cp1251.",
            ("7А", unnumbered(p.first for p in RU[::2])),
            ("7Б", unnumbered(p.first for p in RU[1::2])),
        ),
        good(
            "imya_familiya.txt",
            text_of([["#", "Имя Фамилия"], *([n, f"{p.first} {p.surname}"] for n, p in enumerate(RU[3:19], 1))], "\t").encode("cp1251"),
            "Tabs in cp1251; the header tells the order, so Лев and Ева are first names though they end like surnames.",
            ("", numbered(RU[3:19])),
        ),
        good(
            "11g_unicode.txt",
            utf16(text_of(capitals, "\t")),
            "Unicode text with the whole header in capitals and a class column.",
            ("11Г", numbered(RU[5:21])),
        ),
        good(
            "imena.txt",
            ("\n".join(p.first for p in RU[:15]) + "\n\n").encode("cp1251"),
            "Only Russian first names, one a line, in cp1251: not one ASCII letter tells the encoding, Лев and Ева stand alone.",
            ("", unnumbered(p.first for p in RU[:15])),
        ),
    ]


def _good_several_classes_text() -> list[Case]:
    """Text files with odd columns and more than one class."""
    classes = {"7B": AZ[:25], "7A": AZ[5:30], "7Ə": AZ[29:4:-1]}
    mixed: list[Row] = [["Sinif", "Sıra", "Soyad", "Ad"]]
    for n in range(25):
        mixed += [[(name if n % 2 else name.lower()), n + 1, pupils[n].surname, pupils[n].first] for name, pupils in classes.items()]
    addresses: list[Row] = [["#", "Class", "Surname", "Name", "Address", "E-mail"]]
    addresses += [
        [n, "6d", p.surname, p.first, f'Bakı,\nNizami küç. {n},\nm. "{n + 2}"', f"p{n}@example.az"] for n, p in enumerate(AZ[:17], 1)
    ]
    return [
        good(
            "butun_7ler.csv",
            text_of(mixed).encode("utf-8-sig"),
            "Three classes in turn, 75 names in all but no class above 60, numbers begin anew in each, 7b and 7B are one.",
            *((name, numbered(pupils)) for name, pupils in classes.items()),
        ),
        good(
            "unvanlarla.csv",
            text_of(addresses, ",", "\n").encode(),
            "Line ends, commas and doubled quotes inside the quoted cells of a column that is ignored.",
            ("6D", numbered(AZ[:17])),
        ),
    ]


def _good_workbooks() -> list[Case]:
    """Workbooks of Excel, Google and a web register."""
    titled: list[Row] = [["9A sinfinin siyahısı"], [], [], ["S/s", "Soyadı", "Adı", "Doğum tarixi", "FİN", "Yaş"]]
    titled += [[n, p.surname, p.first, date(2010, n % 12 + 1, n), f"6A{n:02}B7C", "#REF!"] for n, p in enumerate(AZ[:12], 1)]
    titled += [[], *([n, p.surname, p.first] for n, p in enumerate(AZ[12:24], 13)), *([n] for n in range(25, 31))]
    spaced = [[float(n), f"{p.surname} ", f" {p.first}\xa0"] for n, p in enumerate(AZ[2:22], 1)]
    seniors: list[Row] = [["Class", "Student"], *(["10a", name] for name in ANY_ORDER_AZ), *(["11B", name] for name in ANY_ORDER_RU)]
    sixty = [p.first for p in AZ] + MORE
    runs = "".join(f"<si><r><t>{name[:2]}</t></r><r><rPr><b/></rPr><t>{name[2:]}</t></r></si>" for name in MORE[:8])
    run_rows = "".join(f'<row r="{n + 2}"><c r="A{n + 2}" t="s"><v>{n}</v></c></row>' for n in range(8))
    return [
        good(
            "kitab1.xlsx",
            xlsx({"Vərəq1": [["№", "Soyad", "Ad"], *spaced]}),
            "A new workbook's own sheet name is no class; spaces and a no-break space stand around the names.",
            ("", numbered(AZ[2:22])),
        ),
        good(
            "siniflər.xlsx",
            xlsx(
                {
                    "7A": [["Sıra", "Ad", "Soyad"], *([n, p.first, p.surname] for n, p in enumerate(AZ[:15], 1))],
                    "7C": [],
                    "7b": [["ad", "soyad"], *([p.first, p.surname] for p in AZ[15:30])],
                }
            ),
            "Each sheet is a class, the empty one is left out, the two others have different columns.",
            ("7A", numbered(AZ[:15])),
            ("7B", unnumbered(p.first for p in AZ[15:30])),
        ),
        good(
            "9a_basliqli.xlsx",
            xlsx({"Sheet1": titled}, first_row=2, first_column=2, merged="B2:G2"),
            "A merged title, the table away from A1, real dates, #REF! in an ignored column, a blank row, blank numbered rows.",
            ("", numbered(AZ[:24])),
        ),
        good(
            "spisok.xlsx",
            xlsx({"Лист1": [["№ п/п", "Ф.И.О."], *([n, p.full] for n, p in enumerate(RU, 1))], "Лист2": [], "Лист3": []}),
            "A Russian Excel's workbook with its two empty sheets; the second word is the first name.",
            ("", numbered(RU)),
        ),
        good(
            "e_register.xlsx",
            bare_xlsx("Sheet1", inline_rows([["Nömrə", "Şagird"], *([n, p.full] for n, p in enumerate(AZ[:20], 1))])),
            'A web register\'s workbook: text inside the cells, numbers as 1.0, no styles; "Şagird" tells no order.',
            ("", numbered(AZ[:20])),
        ),
        good(
            "5a_qalin_hərf.xlsx",
            bare_xlsx(
                "5A",
                b'<row r="1"><c r="A1" t="s"><v>8</v></c></row>' + run_rows.encode(),
                f"{runs}<si><t xml:space='preserve'>Ad </t></si>",
            ),
            "Half of each name is bold, so each is two runs of text.",
            ("5A", unnumbered(MORE[:8])),
        ),
        good(
            "yuxari_sinifler.xlsx",
            xlsx({"Sheet1": seniors}),
            "A class column in a workbook, an Azerbaijani and a Russian class, names in any order.",
            ("10A", unnumbered(ANY_ORDER_AZ.values())),
            ("11B", unnumbered(ANY_ORDER_RU.values())),
        ),
        good(
            "altmis_ad.xlsx",
            xlsx({"Sheet1": [[n, name] for n, name in enumerate(sixty, 1)]}),
            "Exactly 60 names, the most there may be, with numbers before them and no header.",
            ("", list(enumerate(sixty, 1))),
        ),
    ]


GOOD: list[Case] = [
    *_good_azerbaijani_text(),
    *_good_names_in_one_cell(),
    *_good_russian_text(),
    *_good_several_classes_text(),
    *_good_workbooks(),
]
