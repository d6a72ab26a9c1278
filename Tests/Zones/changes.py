"""Local times of every zone of a folder, as zdump and Python's zoneinfo know them: what Offhook's own reader is held against.

    changes.py FOLDER FIRST_YEAR LAST_YEAR

Writes one line for each zone and source: its name, `zdump` or `zoneinfo`, and instants in seconds since 1970 UTC, each with the
seconds to add to UTC, the name of local time and, from zdump, whether that is daylight time (0 or 1):

    America/Vancouver zdump 1772963999,-28800,PST,0 1772964000,-25200,PDT,1 ...

zdump's instants are the last second before each change and the first after it; zoneinfo's are the first second of each local
time, found by looking every six days and then by halving.
"""

import calendar
import os
import subprocess
import sys
import zoneinfo
from datetime import datetime

MONTHS = {name: number for number, name in enumerate(calendar.month_abbr) if name}


def names(folder):
    """Every TZif file by its path, less those that repeat the others or are no places."""
    for path, folders, files in os.walk(folder, followlinks=True):
        if path == folder:
            folders[:] = [name for name in folders if name not in ("posix", "right")]
        for file in files:
            name = os.path.relpath(os.path.join(path, file), folder)
            if "." in name or name in ("localtime", "posixrules"):
                continue
            with open(os.path.join(path, file), "rb") as opened:
                if opened.read(4) == b"TZif":
                    yield name


def from_zdump(folder, zones, first, last):
    """By zone: `instant,offset,name,daylight` of each line of `zdump -v` in the years."""
    environment = dict(os.environ, TZDIR=folder, LC_ALL="C")
    command = ["zdump", "-v", "-c", f"{first},{last + 1}", *zones]
    output = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    found = {}
    for line in output.splitlines():
        # America/Vancouver  Sun Mar  8 09:59:59 2026 UT = Sun Mar  8 01:59:59 2026 PST isdst=0 gmtoff=-28800
        words = line.split()
        if len(words) != 16 or words[6] not in ("UT", "UTC") or not first <= int(words[5]) <= last:
            continue
        hour, minute, second = map(int, words[4].split(":"))
        at = calendar.timegm((int(words[5]), MONTHS[words[2]], int(words[3]), hour, minute, second))
        daylight, offset = words[14].removeprefix("isdst="), words[15].removeprefix("gmtoff=")
        found.setdefault(words[0], []).append(f"{at},{offset},{words[13]},{daylight}")
    return found


def from_zoneinfo(zone, first, last):
    """`instant,offset,name` of the first second of each local time in the years."""
    info = zoneinfo.ZoneInfo(zone)

    def local(second):
        time = datetime.fromtimestamp(second, info)
        return int(time.utcoffset().total_seconds()), time.tzname()

    at = calendar.timegm((first, 1, 1, 0, 0, 0))
    end = calendar.timegm((last + 1, 1, 1, 0, 0, 0))
    known = local(at)
    found = [f"{at},{known[0]},{known[1]}"]
    while at < end:
        following = min(at + 6 * 86400, end)
        now = local(following)
        if now != known:
            low, high = at, following
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if local(middle) == known else (low, middle)
            found.append(f"{high},{local(high)[0]},{local(high)[1]}")
            following, now = high, local(high)
        at, known = following, now
    return found


def main():
    folder, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    zoneinfo.reset_tzpath([folder])
    zones = sorted(names(folder))
    zdump = from_zdump(folder, zones, first, last)
    same = {}
    for zone in zones:
        print(zone, "zdump", *zdump.get(zone, []))
        with open(os.path.join(folder, zone), "rb") as file:
            content = file.read()
        if content not in same:
            same[content] = from_zoneinfo(zone, first, last)
        print(zone, "zoneinfo", *same[content])


main()
