import CallingRules
import CampaignStore
import Campaigns
import Eligibility

/// What a campaign has left: contacts by when they may be called next, and by what they wait for.
public struct InventoryReport: Sendable {
    /// When a contact may be called next.
    public enum Availability: String, Sendable, CaseIterable, Hashable {
        case now = "dialable now"
        case laterToday = "later today"
        case anotherDay = "another day"
        case blocked
        case inCall = "in a call"
        case finished
    }

    /// Contacts that wait for the same thing.
    public struct Line: Sendable, Hashable {
        public var availability: Availability
        /// A stable word, as in reasons; `ready` where nothing is in the way.
        public var code: String
        /// What they wait for, to follow a number: `wait until 09:00 in America/Los_Angeles`.
        public var text: String
        public var contacts: Int
        /// The first of them that may be called; nil where no date frees any.
        public var earliest: Instant?
    }

    /// What one contact, or a group that nothing tells apart, waits for.
    private struct Finding: Hashable {
        var availability: Availability
        var code: String
        var text: String
    }

    private var found: [Finding: (contacts: Int, earliest: Instant?)] = [:]
    private let rules: EligibilityRules
    private let now: Instant

    /// An empty inventory under a campaign's rules.
    public init(under rules: EligibilityRules, at now: Instant) {
        self.rules = rules
        self.now = now
    }

    /// What a campaign's rules look at in an area: what the store need not hand over one by one.
    ///
    /// Where a contact has no number that may be called, no call and no field changes that.
    public static func needs(
        of rules: EligibilityRules, in area: Area?, at now: Instant
    ) -> InventoryQuestion.Needs {
        guard let area else { return InventoryQuestion.Needs() }
        // Whatever day a rule holds on: when a contact may be called next may lie there.
        let entries = rules.rules(of: area).holding.entries
        let caps = (rules.campaign.caps + entries.flatMap(\.rule.caps)).map { cap in
            InventoryQuestion.Remembered(
                cap.counting == .conversations ? .conversations : .all, limit: cap.limit,
                within: cap.within.map { CalendarDays.reach($0, cap.inCalendarDays) })
        }
        let silences = (rules.campaign.silences + entries.flatMap(\.rule.silences)).map { silence in
            InventoryQuestion.Remembered(
                silence.after == .refusal ? .refusals : .conversations,
                within: silence.lasting.map { CalendarDays.reach($0, silence.inCalendarDays) })
        }
        guard rules.readsContacts(in: area) else { return InventoryQuestion.Needs(remembered: caps + silences) }
        let reading = InventoryQuestion.FieldReading(
            of: rules.fieldsRead, readsNumbers: rules.readsNumbers(in: area)
        ) { fields, number in
            rules.kind(fields: fields, number: number, in: area, at: now)
        }
        return InventoryQuestion.Needs(remembered: caps + silences, fields: reading)
    }

    /// Takes a group of contacts in. The rules are the dispatcher's own.
    ///
    /// Where only the due times tell contacts apart: the later one is due, the later it may be called, and what it waits for changes
    /// once at each rule's end and at midnight, and never back. So each change is found by halving.
    public mutating func add(_ group: InventoryGroup) {
        let dues = group.dues
        guard let latest = dues.last else {
            return add(what(group, notBefore: group.facts.notBefore), contacts: group.contacts)
        }
        let last = what(group, notBefore: latest)
        var (start, found) = (dues.startIndex, dues.count > 1 ? what(group, notBefore: dues[0]) : last)
        while found.finding != last.finding {
            var (same, other, next) = (start, dues.endIndex - 1, last)
            while other - same > 1 {
                let middle = same + (other - same) / 2
                let there = what(group, notBefore: dues[middle])
                if there.finding == found.finding { same = middle } else { (other, next) = (middle, there) }
            }
            add(found, contacts: other - start)
            (start, found) = (other, next)
        }
        add(found, contacts: dues.endIndex - start)
    }

    private mutating func add(_ found: Found, contacts: Int) {
        let former = self.found[found.finding]
        self.found[found.finding] = (
            (former?.contacts ?? 0) + contacts, [former?.earliest, found.earliest].compactMap { $0 }.min()
        )
    }

    /// A finding and when the rules let it be called.
    private typealias Found = (finding: Finding, earliest: Instant?)

    /// What the contacts of a group wait for, where they are due at an instant.
    private func what(_ group: InventoryGroup, notBefore: Instant?) -> Found {
        var group = group
        group.facts.notBefore = notBefore
        let facts = group.facts
        let margin = rules.campaign.dial.ringTimeout
        let verdict = Eligibility.evaluate(facts, under: rules, at: now, margin: margin, claimed: false)
        let earliest = Eligibility.earliest(facts, under: rules, from: now, margin: margin, knowing: verdict)
        let finding: Finding
        switch facts.contactState {
        case .done, .exhausted:
            finding = Finding(
                availability: .finished, code: facts.contactState.rawValue, text: "are \(facts.contactState.rawValue)")
        case .reserved, .inAttempt:
            finding = Finding(availability: .inCall, code: facts.contactState.rawValue, text: "are in a call")
        default: finding = waiting(group, verdict, earliest)
        }
        return (finding, finding.availability == .blocked ? nil : earliest)
    }

    private func waiting(_ group: InventoryGroup, _ verdict: EligibilityVerdict, _ earliest: Instant?) -> Finding {
        guard case .denied = verdict.verdict else {
            if let reason = group.parkedBecause {
                return Finding(availability: .blocked, code: "parked", text: "are held: \(reason)")
            }
            return Finding(availability: .now, code: "ready", text: "may be called now")
        }
        let (code, text) = main(verdict, group.facts)
        guard let earliest else { return Finding(availability: .blocked, code: code, text: text) }
        let clock = rules.clock(of: group.facts.area)
        let day = { (instant: Instant) in clock.map { $0.local(at: instant).day } ?? instant.wholeSeconds / 86_400 }
        return Finding(
            availability: day(earliest) == day(now) ? .laterToday : .anotherDay, code: code, text: text)
    }

    /// The reason that holds a contact longest, and how it reads after a number of contacts.
    private func main(_ verdict: EligibilityVerdict, _ facts: EligibilityFacts) -> (String, String) {
        let order = { (finding: Eligibility.Denial) in finding.until?.milliseconds ?? .max }
        let longest = verdict.denials.max { left, right in
            order(left) != order(right) ? order(left) < order(right) : right.rule == "calling_hours"
        }
        guard let longest else { return ("unknown", "wait") }
        let margin = rules.campaign.dial.ringTimeout
        // Without an end it is no closed window that holds it: no rule for its country, or a zone that nobody knows.
        if longest.rule == "calling_hours", longest.until != nil,
            let opening = rules.hours(of: facts.area).opensLast(at: now, margin: margin)
        {
            let clock = opening.window.clock
            let local = clock.local(at: opening.opens)
            let isToday = local.day == clock.local(at: now).day
            let time = isToday ? WeeklyWindows.clock(local.minuteOfDay) : local.spoken
            return (longest.reason.code, "wait until \(time) in \(clock.name)")
        }
        return (longest.reason.code, WaitingText.phrase(longest.reason))
    }

    /// The lines, largest first.
    public var lines: [Line] {
        found.map { finding, value in
            Line(
                availability: finding.availability, code: finding.code, text: finding.text, contacts: value.contacts,
                earliest: value.earliest)
        }.sorted {
            ($1.contacts, $0.text, $0.availability.rawValue) < ($0.contacts, $1.text, $1.availability.rawValue)
        }
    }

    /// The campaign's name.
    public var campaign: String { rules.campaign.name }

    /// The columns of ``table``.
    public static let columns = ["campaign", "when", "contacts", "reason", "earliest"]

    /// The report: a row a reason, in the order of availability, with a total.
    public var table: Table {
        let order = Dictionary(
            uniqueKeysWithValues: Availability.allCases.enumerated().map { ($0.element, $0.offset) })
        let sorted = lines.sorted {
            (order[$0.availability] ?? 0, $1.contacts, $0.text) < (order[$1.availability] ?? 0, $0.contacts, $1.text)
        }
        return Table(
            columns: Self.columns,
            rows: sorted.map { line in
                [
                    .text(campaign), .text(line.availability.rawValue), Cell(line.contacts),
                    .text(line.text), Cell(line.earliest.map(\.iso8601)),
                ]
            }, totals: [.text("all"), .none, Cell(lines.reduce(0) { $0 + $1.contacts }), .none, .none])
    }
}

/// How reasons read after a number of contacts.
enum WaitingText {
    static func phrase(_ reason: Reason) -> String {
        switch reason.code {
        case "campaign_not_started": "wait for the campaign to be started"
        case "list_paused": "are on a paused list"
        case "suppressed": "are on the do-not-call list"
        case "number_dead": "have no live number"
        case "open_attempt": "are called by another campaign this moment"
        case "not_before": "wait for the time of their next attempt"
        case "total_attempts_used_up": "have used up their attempts"
        case "attempt_cap": "have reached a cap on calls"
        case "silence_after_refusal": "refused, and are left in peace for a time"
        case "silence_after_conversation": "were spoken to, and are left in peace for a time"
        case "place_closed": "are in a place that is closed for an emergency"
        case "consent": "have no valid consent on record"
        default: "are held: \(reason.text)"
        }
    }
}
