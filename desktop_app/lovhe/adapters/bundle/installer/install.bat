@echo off
chcp 65001 >nul
setlocal
cd /d "%~dp0"
if not exist manifest.json (
    echo AZ: Əvvəlcə bütün faylı bir qovluğa açın, sonra install.bat üzərinə iki dəfə klikləyin.
    echo RU: Сначала распакуйте весь файл в папку, затем дважды щёлкните install.bat.
    echo EN: First unpack the whole file into a folder, then double-click install.bat.
    pause
    exit /b 3
)
py -3 -c "" >nul 2>nul && (
    py -3 -B . %*
    goto ended
)
python -c "" >nul 2>nul && (
    python -B . %*
    goto ended
)
echo AZ: Bu kompüterdə Python 3 yoxdur. Onu quraşdırın, inzibatçı hüququ lazım deyil.
echo RU: На этом компьютере нет Python 3. Установите его, права администратора не нужны.
echo EN: There is no Python 3 on this computer. Install it; that needs no administrator rights.
:ended
pause
