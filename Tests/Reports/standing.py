"""What is left to call, from where contacts stand and the rules of campaigns that have next to none."""
import datetime
import zoneinfo

from calls import WAITING, counts
from cells import Answer
from month import MOST_ATTEMPTS, json_zones


def inventory(raw, question, ends):
    """Contacts by when they may be called, at the moment that the question names."""
    now = datetime.datetime.fromisoformat(question.at.replace("Z", "+00:00"))
    state = {row["name"]: row["state"] for row in raw.rows["campaigns"]}
    made = {}
    for attempt in raw.rows["attempts"]:
        if attempt["phase"] != "settled" or counts(attempt):
            made[attempt["contact_id"]] = made.get(attempt["contact_id"], 0) + 1
    answer = Answer(["campaign", "when"], is_added=True)
    for contact in raw.rows["contacts"]:
        campaign = raw.campaign[contact["campaign_id"]]
        if question.campaign not in (None, campaign):
            continue
        key = campaign, when(contact, state[campaign], made.get(contact["id"], 0), raw, now)
        answer.rows.setdefault(key, {"contacts": 0})["contacts"] += 1
    return answer


def when(contact, campaign_state, made, raw, now):
    if contact["state"] not in WAITING:
        return "finished" if contact["state"] != "suppressed" else "blocked"
    if contact["state"] in ("reserved", "in_attempt"):
        return "in a call"
    if campaign_state != "started" or made >= MOST_ATTEMPTS:
        return "blocked"
    due = datetime.datetime.fromtimestamp(contact["due_at"] / 1000, datetime.timezone.utc)
    if due <= now:
        return "dialable now"
    zone = zoneinfo.ZoneInfo(json_zones(raw.area[contact["next_area_id"]]["zones"])[0])
    return "later today" if due.astimezone(zone).date() == now.astimezone(zone).date() else "another day"
