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

    /// Whether ring and talk time were added up.
    public var hasTimes: Bool

    /// Calls from their parts.
    public init(now: [Part], before: [Part]? = nil, hasTimes: Bool = true) {
        (self.now, self.before, self.hasTimes) = (now, before, hasTimes)
    }

    /// The parts that fit, now and before.
    func filter(_ fits: (Part) -> Bool) -> TalliedCalls {
        TalliedCalls(now: now.filter(fits), before: before?.filter(fits), hasTimes: hasTimes)
    }

    /// Reads them from a store.
    ///
    /// - Parameter parts: what is added up of each; the rest stays 0.
    /// - Throws: `StoreError`.
    public init(
        by dimensions: [CallDimension], _ parts: Set<TallyPart>, for question: ReportQuestion, in store: CampaignStore
    ) throws {
        let read = { (scope: ReportScope) in
            try store.callTallies(by: dimensions, in: scope, parts: parts).map { Part($0.group, $0.tally) }
        }
        hasTimes = parts.contains(.times)
        now = try read(question.scope)
        before = try question.comparable.map(read)
    }

    /// Reads them from a store by the days of the question's clock; each part's quarter hour is the beginning of its day.
    ///
    /// - Parameter parts: what is added up of each; the rest stays 0.
    /// - Throws: `StoreError`.
    public init(byDaysFor question: ReportQuestion, _ parts: Set<TallyPart>, in store: CampaignStore) throws {
        let clock = question.clock
        let offsets = try store.timeOfCalls().map { clock.offsets(over: $0) } ?? ClockOffsets([])
        let read = { (scope: ReportScope) in
            try store.callTallies(byDaysOf: offsets, in: scope, parts: parts).map { day, tally in
                Part(CallGroup(quarterHour: clock.instant(day: day, minute: 0)), tally)
            }
        }
        hasTimes = parts.contains(.times)
        now = try read(question.scope)
        before = try question.comparable.map(read)
    }

    /// All calls of the period.
    public var total: CallTally { Self.sum(now) }
    /// The figures of all calls.
    public var figures: [ReportFigure] { CallFigures.figures(total, before: before.map(Self.sum), hasTimes: hasTimes) }

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
