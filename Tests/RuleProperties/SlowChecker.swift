import Campaigns
import Foundation

/// Says whether a call was allowed, from the plain rules and the log of calls alone: slow, and obvious.
///
/// It shares no code with the rules under test: zones by Foundation, dates by counting, caps by looking at every earlier call.
struct SlowChecker {
    let campaigns: [PlainCampaign]
    /// By campaign, the numbers that it knows the person by.
    let numbers: [[Int]]
    /// Where each number is.
    let areas: [Int: PlainArea]
    let hasConsent: Bool
    /// The day of the person's last purchase, as days since 1970.
    var purchase: Int64?
    var closures: [PlainClosure] = []
    /// When a number went on the do-not-call list.
    var suppressedAt: [Int: Int64] = [:]
    var deadNumbers: Set<String> = []
    var log: [PlainCall] = []

    private static let timeZones: [String: TimeZone] = Dictionary(
        uniqueKeysWithValues: CaseGenerator.allZones.compactMap { name in
            TimeZone(identifier: name).map { (name, $0) }
        })

    /// Local time as days since 1970, minute of the day.
    static func local(_ milliseconds: Int64, _ zone: String) -> (day: Int64, minute: Int) {
        guard let zone = timeZones[zone] else { preconditionFailure("unknown zone \(zone)") }
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        let seconds = Int64((Double(milliseconds) / 1000).rounded(.down)) + Int64(zone.secondsFromGMT(for: date))
        return (seconds / 86_400, Int(seconds % 86_400) / 60)
    }

    /// `2026-12-25` by counting days up from 2026-01-01.
    static func dayText(_ day: Int64) -> String {
        var rest = Int(day - 20_454)
        guard rest >= 0 else { return "before" }
        var year = 2026
        while true {
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (month, length) in lengths.enumerated() {
                if rest < length {
                    let pad = { (value: Int) in (value < 10 ? "0" : "") + String(value) }
                    return "\(year)-\(pad(month + 1))-\(pad(rest + 1))"
                }
                rest -= length
            }
            year += 1
        }
    }

    /// 1970-01-01 was a Thursday.
    static func weekday(_ day: Int64) -> Int { Int((day + 3) % 7) }

    private func isOpen(_ window: PlainWindow, _ zone: String, at instant: Int64) -> Bool {
        let (day, minute) = Self.local(instant, zone)
        guard let spans = window.days[Self.weekday(day)] else { return false }
        guard spans.contains(where: { minute >= $0.lowerBound && minute < $0.upperBound }) else { return false }
        return window.closed.isEmpty || !window.closed.contains(Self.dayText(day))
    }

    /// Whether every moment of the ring lies in every window, looked at every five seconds and at its end.
    private func hoursAllow(
        _ campaign: PlainCampaign, _ parts: [PlainPart], _ zones: [String], at instant: Int64
    ) -> Bool {
        var moments = Array(stride(from: instant, to: instant + campaign.ring, by: 5000))
        moments.append(instant + campaign.ring)
        for moment in moments {
            if let own = campaign.window {
                for zone in campaign.fixedZone.map({ [$0] }) ?? zones where !isOpen(own, zone, at: moment) {
                    return false
                }
            }
            for part in parts {
                for zone in zones where part.holds(onDay: Self.local(moment, zone).day) {
                    if part.isClosed { return false }
                    if let theirs = part.window, !isOpen(theirs, zone, at: moment) { return false }
                }
            }
        }
        return true
    }

    /// Whether a call of the past is younger than a time; in calendar days, whether it is in the place's last zone.
    private func isWithin(
        _ seconds: Int64, _ isCalendar: Bool, of call: Int64, _ zones: [String], at instant: Int64
    ) -> Bool {
        guard isCalendar else { return call > instant - seconds * 1000 }
        return zones.contains { Self.local(instant, $0).day <= Self.local(call, $0).day + seconds / 86_400 }
    }

    /// Whether the law exempts the person or the campaign from a part's rule.
    private func isExempt(_ part: PlainPart, _ campaign: PlainCampaign, _ days: [Int64]) -> Bool {
        if part.exemptsCharity && campaign.isCharity { return true }
        if part.exemptsConsent && hasConsent { return true }
        guard let most = part.purchaseDays, let purchase else { return false }
        return days.allSatisfy { purchase <= $0 && $0 - purchase < most }
    }

    private func capsAllow(
        _ index: Int, _ parts: [PlainPart], _ number: Int, _ zones: [String], at instant: Int64
    ) -> Bool {
        let campaign = campaigns[index]
        // A call by hand is one to the person where the campaign knows the number.
        let calls = log.filter { !$0.isByHand || numbers[index].contains($0.number) }
        for cap in campaign.caps + parts.flatMap(\.caps) {
            var count = 0
            for call in calls {
                if cap.onlyConversations && !call.isConversation { continue }
                if cap.onlyThisNumber && call.number != number { continue }
                if let seconds = cap.seconds, !isWithin(seconds, cap.isCalendar, of: call.at, zones, at: instant) {
                    continue
                }
                count += 1
            }
            if count >= cap.limit { return false }
        }
        for silence in campaign.silences + parts.flatMap(\.silences) {
            for call in calls {
                let begins =
                    silence.afterRefusal ? call.said == .notInterested || call.said == .doNotCall : call.isConversation
                if begins, isWithin(silence.seconds, silence.isCalendar, of: call.endedAt, zones, at: instant) {
                    return false
                }
            }
        }
        return true
    }

    /// Whether a number may be called for a campaign at an instant; `due` is what the policy set.
    func allows(_ campaign: Int, _ number: Int, at instant: Int64, due: Int64) -> Bool {
        let rules = campaigns[campaign]
        if instant < due { return false }
        if let from = suppressedAt[number], from <= instant { return false }
        if deadNumbers.contains("\(campaign)/\(number)") { return false }
        // One call to the person at a time, whichever campaign's it is.
        if log.contains(where: { !$0.isByHand && $0.at <= instant && instant < $0.endedAt }) { return false }
        guard let area = areas[number] else { preconditionFailure("every number has an area") }
        guard let parts = rules.pack.map({ $0.holding(in: area) }) ?? [] else { return false }
        let days = area.zones.map { Self.local(instant, $0).day }
        if closures.contains(where: { closure in closure.covers(area) && days.contains { $0 <= closure.untilDay } }) {
            return false
        }
        let mine = parts.filter { !isExempt($0, rules, days) }
        let today = mine.filter { part in days.contains(where: part.holds) }
        if (rules.consent || today.contains(where: \.consent)) && !hasConsent { return false }
        if log.filter({ $0.campaign == campaign }).count >= rules.total { return false }
        return capsAllow(campaign, today, number, area.zones, at: instant)
            && hoursAllow(rules, mine, area.zones, at: instant)
    }

    /// The least and the latest time at which the retry after a call may be due; nil where the policy must end the contact.
    func retryBounds(after call: PlainCall) -> ClosedRange<Int64>? {
        let rules = campaigns[call.campaign]
        let own = log.filter { $0.campaign == call.campaign }
        let same = own.filter { $0.ending == call.ending }.count
        let outcome: Outcome = call.said == .machine ? .noAnswer : call.outcome
        guard let rule = rules.retries[outcome], same < rule.attempts, own.count < rules.total else { return nil }
        var factor = 1.0
        for _ in 1..<same { factor *= rule.growth }
        let most = Double(max(rule.longest, rule.after))
        let low = min(Double(rule.after) * factor, most)
        var high = min(Double(max(rule.upTo, rule.after)) * factor, most)
        // Another part of the day is at most 12 hours off, another weekday at most a day, a clock change an hour more.
        if rule.otherPart { high += 13 * 3600 }
        if rule.otherWeekday { high += 38 * 3600 }
        return call.endedAt + Int64(low * 1000) - 1...call.endedAt + Int64(high * 1000) + 1
    }

    /// Morning, afternoon or evening in a zone.
    static func part(_ instant: Int64, _ zone: String) -> Int {
        let minute = local(instant, zone).minute
        return minute < 720 ? 0 : minute < 1020 ? 1 : 2
    }
}
