"""The first thing that Python runs of a bundle, as its `__main__.py`: look for a Python that the bundle serves, then install.

Written so that any Python from 2.7 on can read it, and says in words what is wrong, with nothing imported that may be missing.
`lovhe bundle make` puts the versions that the bundle serves into SERVED.
"""

# Python 2.7 must be able to read it.
# ruff: noqa: PTH100, PTH118, PTH120, UP031, UP036, RUF005

import os
import sys

SERVED = ((3, 11), (3, 12), (3, 13))
WORDS = {
    "az": (
        "Bu kompüterdəki Python %s yaramır: paket üçün Python %s lazımdır.\n",
        "Python-u həmin versiyada quraşdırın (Windows-da administrator hüququ lazım deyil), sonra yenidən cəhd edin.\n",
    ),
    "ru": (
        "Python %s на этом компьютере не подходит: комплекту нужен Python %s.\n",
        "Установите Python одной из этих версий (в Windows права администратора не нужны) и повторите.\n",
    ),
    "en": (
        "Python %s on this computer does not suit: the kit needs Python %s.\n",
        "Install one of those (on Windows that needs no administrator rights), then try again.\n",
    ),
}

if __name__ == "__main__":
    bundle = os.path.dirname(os.path.abspath(__file__))
    sys.dont_write_bytecode = True  # the USB stick stays as it is

    if sys.version_info[:2] not in SERVED and not os.environ.get("LOVHE_BUNDLE_SEARCHED"):
        os.environ["LOVHE_BUNDLE_SEARCHED"] = "1"  # the Python found below does not search again
        for version in reversed(SERVED):
            number = "%d.%d" % version
            if os.name == "nt":
                import subprocess

                try:
                    asked = ["py", "-" + number]
                    if subprocess.call(asked + ["-c", ""], stderr=subprocess.PIPE) == 0:
                        sys.exit(subprocess.call(asked + [bundle] + sys.argv[1:]))
                except OSError:  # no `py` on this PC
                    break
            else:
                for folder in os.environ.get("PATH", "").split(os.pathsep):
                    program = os.path.join(folder, "python" + number)
                    if os.access(program, os.X_OK) and os.system("'%s' -c '' 2>/dev/null" % program.replace("'", "'\\''")) == 0:
                        os.execv(program, [program, bundle] + sys.argv[1:])

    if sys.version_info[:2] in SERVED:
        from lovhe.adapters.bundle.installer.command import main

        sys.exit(main(bundle, sys.argv[1:]))

    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    served = ", ".join("%d.%d" % version for version in SERVED)
    for code in [language[:2]] if language[:2] in WORDS else ["az", "ru", "en"]:
        what, next_step = WORDS[code]
        text = what % ("%d.%d" % sys.version_info[:2], served) + next_step
        if sys.version_info[0] > 2:  # in 2.7 it is UTF-8 already
            encoding = sys.stderr.encoding or "ascii"
            text = text.encode(encoding, "replace").decode(encoding)
        sys.stderr.write(text)
    sys.exit(3)
