import CallingRules
import Campaigns

/// What the rules of a campaign's places will ask from a day to come.
extension CampaignCheck {
    /// How many days ahead are looked at.
    private static let horizon: Int64 = 90
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    /// A change of the rules, with who it is for.
    private struct Change: Hashable {
        var day: Int64
        var place: String
        /// What changes, to follow “this list”, and whose rule it is.
        var text: String
    }

    /// One sentence a change within 90 days: hours that are lost or won, and what is asked for anew.
    var ahead: [String] {
        guard !isSample else { return [] }
        var contacts: [Change: Int] = [:]
        for (area, count) in areas {
            for change in changes(in: area) { contacts[change, default: 0] += count }
        }
        return contacts.sorted {
            ($0.key.day, $1.value, $0.key.place, $0.key.text) < ($1.key.day, $0.value, $1.key.place, $1.key.text)
        }.map { change, count in
            "from \(Self.spoken(change.day)) this list \(change.text) in \(change.place) "
                + "(\(count == 1 ? "1 contact" : "\(count) contacts"))"
        }
    }

    private func changes(in area: Area) -> [Change] {
        let here = rules.rules(of: area)
        let today = here.days(at: now).upperBound
        let days = here.holding.entries.flatMap { entry in
            [entry.rule.from?.daysSince1970, entry.rule.until.map { $0.daysSince1970 + 1 }].compactMap { $0 }
        }
        let place = area.jurisdictions.map { names[$0] ?? $0 }.joined(separator: " and ")
        return Set(days).filter { $0 > today && $0 <= today + Self.horizon }.sorted().flatMap { day in
            changes(
                from: here.holding.entries.filter { $0.rule.holds(on: day - 1) },
                to: here.holding.entries.filter { $0.rule.holds(on: day) }
            ).map { Change(day: day, place: place.isEmpty ? area.region ?? "an unknown place" : place, text: $0) }
        }
    }

    /// What one set of rules asks that another did not.
    private func changes(from former: [RuleBook.Entry], to next: [RuleBook.Entry]) -> [String] {
        var found: [String] = []
        let added = next.filter { !former.contains($0) }
        let exempts = added.contains(where: \.rule.dependsOnContact) ? ", but for contacts that it exempts," : ""
        let because =
            added.isEmpty ? "" : " by “\(added.map(\.rule.source).joined(separator: "”, “"))”\(exempts)"
        let (before, after) = (openMinutes(former), openMinutes(next))
        let (sum, left) = (before.reduce(0, +), after.reduce(0, +))
        if left == 0, sum > 0 {
            found.append("may not be called at all\(because)")
        } else if before != after {
            found += Self.amounts(zip(before, after).map { $0 - $1 }, lost: sum - left).map { verb, amount in
                "\(verb) \(amount)\(verb == "loses" ? because : "")"
            }
        }
        let caps = next.flatMap(\.rule.caps).filter { !former.flatMap(\.rule.caps).contains($0) }
        let silences = next.flatMap(\.rule.silences).filter { !former.flatMap(\.rule.silences).contains($0) }
        found += caps.map { "may have at most \($0.sentence) (\($0.source))" }
        found += silences.map { "has a \($0.sentence) (\($0.source))" }
        if next.contains(where: \.rule.requiresConsent), !former.contains(where: \.rule.requiresConsent) {
            found.append("needs each contact's consent on record\(because)")
        }
        return found
    }

    /// How many minutes of each weekday without holidays are open under some rules and the campaign's own windows.
    private func openMinutes(_ entries: [RuleBook.Entry]) -> [Int] {
        if entries.contains(where: \.rule.isClosed) {
            return Weekday.allCases.map { _ in 0 }
        }
        let settings = rules.campaign.callingRules
        // Windows on another clock than the contact's overlap differently on each day of the year.
        let own = settings.timeZone == .contact ? settings.windows : nil
        let windows = [own].compactMap { $0 } + entries.compactMap(\.rule.windows)
        return Weekday.allCases.map { weekday in
            let open = windows.reduce([0..<1440]) { open, window in
                open.flatMap { span in (window.spans[weekday] ?? []).map { span.clamped(to: $0) } }
            }
            return open.reduce(0) { $0 + $1.count }
        }
    }

    /// `loses`, `2 hours a day`; a week's where not every day has as many.
    private static func amounts(_ days: [Int], lost: Int) -> [(verb: String, amount: String)] {
        let isEven = Set(days).count == 1
        let minutes = abs(isEven ? days[0] : lost)
        let span = isEven ? "a day" : "a week"
        let verb = lost >= 0 ? "loses" : "wins"
        guard minutes > 0 else { return [("has", "other hours, as many as before,")] }
        guard minutes % 60 == 0 else { return [(verb, "\(minutes) minutes \(span)")] }
        return [(verb, "\(minutes / 60) \(minutes == 60 ? "hour" : "hours") \(span)")]
    }

    /// `1 January 2027`.
    private static func spoken(_ day: Int64) -> String {
        let date = CivilDate(daysSince1970: day)
        return "\(date.day) \(months[date.month - 1]) \(date.year)"
    }

    /// The places of the campaign that people closed.
    var closures: [String] {
        rules.closures.compactMap { closure in
            let held = areas.filter { closure.covers($0.area) }
            guard !isSample, !held.isEmpty else { return nil }
            let contacts = held.reduce(0) { $0 + $1.contacts }
            return
                "\(closure.sentence): \(contacts == 1 ? "1 contact is" : "\(contacts) contacts are") not called until then"
        }
    }
}
