import CallingRules
import Campaigns
import CampaignStore

/// A time of a rehearsal as a person wrote it.
struct RehearsalTime: Equatable {
    let instant: Instant
    /// What a reader must know of how it was read, such as an hour that comes twice; nil where it is plain.
    var note: String?

    /// Years that zone data and holidays reach.
    private static let years = 2000...2099

    /// Reads `2026-12-23T09:00` on a clock, or `2026-12-23T09:00-05:00` and `2026-12-23T14:00Z` on any.
    ///
    /// Of an hour that comes twice the first is taken; for one that does not exist, the change of the clock.
    /// - Parameter option: names it in the sentence, such as `--from`.
    /// - Throws: `CommandFailure`, with what to write.
    static func read(_ text: String, option: String, on clock: ZoneClock) throws -> RehearsalTime {
        let time = try reading(text, option: option, on: clock)
        let year = CivilDate(daysSince1970: clock.local(at: time.instant).day).year
        guard years.contains(year) else {
            throw CommandFailure("\(option) takes the years \(years.lowerBound) to \(years.upperBound), not \(year).")
        }
        return time
    }

    private static func reading(_ text: String, option: String, on clock: ZoneClock) throws -> RehearsalTime {
        if let instant = Instant(iso8601: text) { return RehearsalTime(instant: instant) }
        guard let local = LocalTime(text) else {
            throw CommandFailure(
                "\(option) takes a date and a time, such as 2026-12-23T09:00 on the clock of \(clock.name), or with an offset, "
                    + "2026-12-23T09:00-05:00 or 2026-12-23T14:00Z; not “\(text)”.")
        }
        let instants = clock.instants(day: local.day, minute: local.minuteOfDay)
        guard let first = instants.first else {
            throw CommandFailure("\(option): there is no “\(text)” on the clock of \(clock.name).")
        }
        if instants.count > 1 {
            return RehearsalTime(
                instant: first,
                note: "\(local.text) comes twice in \(clock.name), and the first is taken; for the second write "
                    + "\(instants[1].iso8601).")
        }
        let shown = clock.local(at: first)
        guard shown != local else { return RehearsalTime(instant: first) }
        return RehearsalTime(
            instant: first,
            note:
                "\(local.text) does not exist in \(clock.name), where the clock goes forward then; \(shown.text) is taken."
        )
    }
}

/// On whose clock the times of a rehearsal are read and shown.
struct RehearsalZone {
    let clock: ZoneClock
    /// Why it is this one, to follow its name.
    let why: String

    /// The zone that was asked for, else the campaign's own, else the one in which most of its contacts are.
    ///
    /// - Parameter areas: where the contacts are that may still be called, with how many.
    /// - Throws: `CommandFailure` where a zone is not known, or no contact has one.
    static func choose(
        asked: String?, campaign: Campaign, areas: [(area: Area, contacts: Int)], clock: (String) -> ZoneClock?
    ) throws -> RehearsalZone {
        if let asked {
            guard let clock = clock(asked) else {
                throw CommandFailure("--zone: “\(asked)” is not a valid time zone; write one such as America/New_York.")
            }
            return RehearsalZone(clock: clock, why: "as asked")
        }
        if case .fixed(let name) = campaign.callingRules.timeZone, let clock = clock(name) {
            return RehearsalZone(clock: clock, why: "the campaign's time_zone")
        }
        var contacts: [String: Int] = [:]
        // Who may be in several zones tells least of where the others are.
        let plain = areas.filter { $0.area.zones.count == 1 }
        for area in plain.isEmpty ? areas : plain {
            for zone in area.area.zones { contacts[zone, default: 0] += area.contacts }
        }
        let most = contacts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let name = most?.key, let clock = clock(name) else {
            throw CommandFailure(
                "The time zone of no contact is known; name one for the times of the rehearsal: --zone America/New_York."
            )
        }
        return RehearsalZone(clock: clock, why: "where most of its contacts are")
    }
}
