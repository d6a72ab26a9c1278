"""Every place that the tables have, with the IANA zones of its numbers; and some that no table has, where no call may go."""

NY, CHI, DEN, LAX = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"

STATES = {
    "AL": [CHI], "AK": ["America/Anchorage", "America/Juneau", "America/Nome", "America/Metlakatla", "America/Adak"],
    "AZ": ["America/Phoenix", DEN], "AR": [CHI], "CA": [LAX], "CO": [DEN], "CT": [NY], "DE": [NY], "DC": [NY], "FL": [NY, CHI],
    "GA": [NY], "HI": ["Pacific/Honolulu"], "ID": ["America/Boise", LAX], "IL": [CHI],
    "IN": ["America/Indiana/Indianapolis", "America/Indiana/Knox", "America/Indiana/Vincennes", CHI], "IA": [CHI],
    "KS": [CHI, DEN], "KY": ["America/Kentucky/Louisville", CHI], "LA": [CHI], "ME": [NY], "MD": [NY], "MA": [NY],
    "MI": ["America/Detroit", "America/Menominee"], "MN": [CHI], "MS": [CHI], "MO": [CHI], "MT": [DEN], "NE": [CHI, DEN],
    "NV": [LAX, "America/Boise"], "NH": [NY], "NJ": [NY], "NM": [DEN], "NY": [NY], "NC": [NY],
    "ND": [CHI, DEN, "America/North_Dakota/Beulah"], "OH": [NY], "OK": [CHI], "OR": [LAX, "America/Boise"], "PA": [NY],
    "RI": [NY], "SC": [NY], "SD": [CHI, DEN], "TN": [NY, CHI], "TX": [CHI, DEN], "UT": [DEN], "VT": [NY], "VA": [NY],
    "WA": [LAX], "WV": [NY], "WI": [CHI], "WY": [DEN],
}
TERRITORIES = {
    "PR": ["America/Puerto_Rico"], "VI": ["America/St_Thomas"], "GU": ["Pacific/Guam"], "AS": ["Pacific/Pago_Pago"],
    "MP": ["Pacific/Saipan"],
}
PROVINCES = {
    "BC": ["America/Vancouver", "America/Dawson_Creek", "America/Fort_Nelson", "America/Edmonton"], "AB": ["America/Edmonton"],
    "SK": ["America/Regina", "America/Edmonton"], "MB": ["America/Winnipeg"], "ON": ["America/Toronto", "America/Winnipeg"],
    "QC": ["America/Toronto", "America/Halifax", "America/Blanc-Sablon"], "NB": ["America/Moncton"], "NS": ["America/Halifax"],
    "PE": ["America/Halifax"], "NL": ["America/St_Johns", "America/Goose_Bay"], "YT": ["America/Whitehorse"],
    "NT": ["America/Yellowknife", "America/Inuvik"], "NU": ["America/Iqaluit", "America/Rankin_Inlet", "America/Cambridge_Bay"],
}
OTHERS = {
    "FR": ["Europe/Paris"], "GP": ["America/Guadeloupe"], "MQ": ["America/Martinique"], "GF": ["America/Cayenne"],
    "RE": ["Indian/Reunion"], "YT": ["Indian/Mayotte"], "BL": ["America/St_Barthelemy"], "MF": ["America/Marigot"],
    "PM": ["America/Miquelon"], "NC": ["Pacific/Noumea"], "PF": ["Pacific/Tahiti", "Pacific/Marquesas", "Pacific/Gambier"],
    "WF": ["Pacific/Wallis"], "GB": ["Europe/London"], "DE": ["Europe/Berlin", "Europe/Busingen"],
    "AU": ["Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin", "Australia/Perth",
           "Australia/Hobart", "Australia/Eucla", "Australia/Lord_Howe"],
    "ES": ["Europe/Madrid", "Africa/Ceuta", "Atlantic/Canary"],
}
# No table speaks of these.
WITHOUT_RULES = {"IE": ["Europe/Dublin"], "JE": ["Europe/Jersey"], "MX": ["America/Mexico_City"], "BS": ["America/Nassau"]}

# A part of a region has a dash: "US-FL"; its region stands before it.
PLACES = {
    **{f"US-{code}": zones for code, zones in STATES.items()}, **TERRITORIES,
    **{f"CA-{code}": zones for code, zones in PROVINCES.items()}, **OTHERS,
}


def region_of(place):
    return place.split("-")[0]
