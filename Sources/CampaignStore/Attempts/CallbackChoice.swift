import CallingRules
import Campaigns
import Eligibility
import GRDB

/// One of the instants that a time on a contact's clock can mean, where the contact may be in zones whose clocks differ.
public struct CallbackChoice: Sendable, Hashable {
    /// The zones whose clocks show the time at that instant, IANA names, sorted; never empty.
    public var zones: [String]
    public var instant: Instant
    /// Of those clocks at that instant, in seconds to add to UTC.
    public var utcOffset: Int

    /// The instant with its offset, as it can be given instead of the time: `2026-12-01T15:30-05:00`.
    public var local: String {
        let minutes = abs(utcOffset) / 60
        let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
        return (instant + .seconds(utcOffset)).iso8601.prefix(16)
            + "\(utcOffset < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
    }
}

/// A callback's time means several instants, and only who agreed it knows which.
public struct AmbiguousCallback: Error, Sendable, Hashable, CustomStringConvertible {
    /// As it was given.
    public var time: LocalTime
    /// In the order of time; empty where no zone of the contact is known.
    public var choices: [CallbackChoice]

    /// One sentence: what the time can mean, and what to give instead.
    public var description: String {
        let text = Instant(milliseconds: time.milliseconds).iso8601.prefix(16).replacing("T", with: " ")
        guard let first = choices.first else {
            return
                "“\(text)” is a time in the contact's time zone, which is not known: give the time with its offset, such as \(text.replacing(" ", with: "T"))-05:00 (on the command line also: --time-zone America/New_York)."
        }
        let list = choices.map { "\($0.local) (\($0.zones.joined(separator: ", ")))" }.joined(separator: " or ")
        return "“\(text)” can mean \(list), since the contact may be in each of these time zones: ask, then give "
            + "the time with its offset, such as \(first.local) "
            + "(on the command line also: --time-zone \(first.zones[0]))."
    }
}

extension CallbackTime {
    /// Every instant that the time can mean for a contact of some zones, in order; one where all of their clocks agree.
    ///
    /// - Parameter clock: the clock of a zone; nil where its name is not known.
    public func choices(in zones: [String], _ clock: (String) -> ZoneClock?) -> [CallbackChoice] {
        let found = zones.compactMap(clock).map { clock in
            let instant = instant(on: clock)
            return CallbackChoice(zones: [clock.name], instant: instant, utcOffset: clock.utcOffset(at: instant))
        }
        return Dictionary(grouping: found, by: \.instant).values.map { same in
            CallbackChoice(
                zones: same.flatMap(\.zones).sorted(), instant: same[0].instant, utcOffset: same[0].utcOffset)
        }.sorted { $0.instant < $1.instant }
    }

    /// The instant that is meant, for a contact of an area.
    ///
    /// - Parameter zone: the zone on whose clock it was agreed, where somebody said so.
    /// - Throws: `AmbiguousCallback` where only a person can tell; `StoreError.refused` for a zone that is not known.
    public func settled(in area: Area?, zone: String? = nil, _ clock: (String) -> ZoneClock?) throws -> CallbackTime {
        guard case .local(let time) = self else { return self }
        if let zone {
            guard let clock = clock(zone) else {
                throw StoreError.refused(
                    "“\(zone)” is not a time zone that is known; write an IANA name such as America/New_York.")
            }
            return .at(instant(on: clock))
        }
        let choices = choices(in: area?.zones ?? [], clock)
        guard choices.count == 1 else { throw AmbiguousCallback(time: time, choices: choices) }
        return .at(choices[0].instant)
    }
}

extension CampaignStore {
    /// Where the number of an attempt may be; nil for a call without a contact.
    public func area(ofAttempt attempt: AttemptID) throws -> Area? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT a.* FROM attempts t LEFT JOIN contacts c ON c.id = t.contact_id
                    JOIN areas a ON a.id = coalesce(t.area_id, c.next_area_id) WHERE t.id = ?
                    """, arguments: [attempt.value]
            ).map(Areas.area)
        }
    }
}
