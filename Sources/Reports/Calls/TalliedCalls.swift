import CallingRules
import CampaignStore
import Campaigns

/// Calls told apart, and those of the period before.
public struct TalliedCalls: Sendable {
    /// Calls that have something in common.
    public struct Part: Sendable {
        public var group: CallGroup
        public var tally: CallTally

        /// A part from its parts.
        public init(_ group: CallGroup, _ tally: CallTally) {
            (self.group, self.tally) = (group, tally)
        }
    }

    public var now: [Part]
    /// Nil where nothing can be compared.
    public var before: [Part]?

    /// Calls from their parts.
    public init(now: [Part], before: [Part]? = nil) {
        (self.now, self.before) = (now, before)
    }

    /// Reads them from a store.
    ///
    /// - Throws: `StoreError`.
    public init(by dimensions: [CallDimension], for question: ReportQuestion, in store: CampaignStore) throws {
        let parts = { (scope: ReportScope) in
            try store.callTallies(by: dimensions, in: scope).map { Part($0.group, $0.tally) }
        }
        now = try parts(question.scope)
        before = try question.comparable.map(parts)
    }

    /// Reads them from a store by the days of the question's clock; each part's quarter hour is the beginning of its day.
    ///
    /// - Throws: `StoreError`.
    public init(byDaysFor question: ReportQuestion, in store: CampaignStore) throws {
        let clock = question.clock
        let offsets = try store.timeOfCalls().map { clock.offsets(over: $0) } ?? ClockOffsets([])
        let parts = { (scope: ReportScope) in
            try store.callTallies(byDaysOf: offsets, in: scope).map { day, tally in
                Part(CallGroup(quarterHour: clock.instant(day: day, minute: 0)), tally)
            }
        }
        now = try parts(question.scope)
        before = try question.comparable.map(parts)
    }

    /// All calls of the period.
    public var total: CallTally { Self.sum(now) }
    /// The figures of all calls.
    public var figures: [ReportFigure] { CallFigures.figures(total, before: before.map(Self.sum)) }

    /// What parts add up to.
    public static func sum(_ parts: [Part]) -> CallTally {
        var total = CallTally()
        for part in parts { total.add(part.tally) }
        return total
    }

    /// Parts that have the same label, added up, in the labels' order.
    static func merged<Label: Hashable & Comparable>(
        _ parts: [Part], by label: (CallGroup) -> Label
    ) -> [(label: Label, tally: CallTally)] {
        var sums: [Label: CallTally] = [:]
        for part in parts { sums[label(part.group), default: CallTally()].add(part.tally) }
        return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension ZoneClock {
    /// What the clock adds to UTC from the first instant of a stretch to its last.
    func offsets(over stretch: ClosedRange<Instant>) -> ClockOffsets {
        var steps: [ClockOffsets.Step] = []
        var next: Instant? = stretch.lowerBound
        while let from = next, from <= stretch.upperBound {
            steps.append(ClockOffsets.Step(from: from, milliseconds: Int64(utcOffset(at: from)) * 1000))
            next = nextChange(after: from)
        }
        return ClockOffsets(steps)
    }
}
