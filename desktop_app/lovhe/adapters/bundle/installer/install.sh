#!/bin/sh
# Installs the kit from this unpacked folder; works where only Python is there.
cd "$(dirname "$0")" || exit 3
for python in python3 python3.13 python3.12 python3.11 python; do
    if command -v "$python" >/dev/null 2>&1; then
        exec "$python" -B . "$@"
    fi
done
echo "Python 3 yoxdur. / Нет Python 3. / There is no Python 3." >&2
exit 3
