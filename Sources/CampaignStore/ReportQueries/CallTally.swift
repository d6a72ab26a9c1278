import Campaigns
import GRDB

/// What settled attempts add up to. Every part is a sum, so tallies of parts add up to the tally of the whole.
public struct CallTally: Sendable, Hashable {
    /// Attempts by outcome; outcomes that never came are missing.
    public var calls: [Outcome: Int] = [:]
    /// Time from the command to the answer or the end, by outcome, in milliseconds.
    public var ringMilliseconds: [Outcome: Int64] = [:]
    /// Time connected, by outcome, in milliseconds.
    public var talkMilliseconds: [Outcome: Int64] = [:]
    /// Attempts by what the agent said; attempts of which nothing was asked are in none.
    public var said: [DispositionClass: Int] = [:]
    /// Attempts that spoke to a person: connected, and the agent did not say machine, busy tone, no answer or disconnected.
    public var persons = 0
    /// Answers that met no live desk page.
    public var agentAbsent = 0
    /// From the end of a call until its agent had said what came of it, in milliseconds.
    public var wrapUpMilliseconds: Int64 = 0
    /// The longest gap between polls of each attempt, added up, in milliseconds.
    public var gapMilliseconds: Int64 = 0

    /// Nothing yet.
    public init() {}

    /// Every attempt, whether it dialled or not.
    public var attempts: Int { calls.values.reduce(0, +) }
    /// Attempts that count: all but `phone_refused` and `not_sent`, which dialled nothing.
    public var counted: Int { calls.reduce(0) { $0 + ($1.key.countsForCaps ? $1.value : 0) } }
    /// Attempts that were connected: `answered` and `short_answer`.
    public var connected: Int { calls.reduce(0) { $0 + ($1.key.isConversation ? $1.value : 0) } }
    /// Attempts of the class `success`.
    public var successes: Int { said[.success] ?? 0 }
    /// Talk of all outcomes, in milliseconds.
    public var talk: Int64 { talkMilliseconds.values.reduce(0, +) }
    /// Ringing of all outcomes, in milliseconds.
    public var ring: Int64 { ringMilliseconds.values.reduce(0, +) }

    /// Takes another tally in.
    public mutating func add(_ other: CallTally) {
        calls.merge(other.calls, uniquingKeysWith: +)
        ringMilliseconds.merge(other.ringMilliseconds, uniquingKeysWith: +)
        talkMilliseconds.merge(other.talkMilliseconds, uniquingKeysWith: +)
        said.merge(other.said, uniquingKeysWith: +)
        persons += other.persons
        agentAbsent += other.agentAbsent
        wrapUpMilliseconds += other.wrapUpMilliseconds
        gapMilliseconds += other.gapMilliseconds
    }

    /// - Parameters:
    ///   - parts: what the row holds, in the order of ``TallyColumns/expressions(_:)``.
    ///   - first: where it begins.
    init(_ row: Row, parts: Set<TallyPart>, from first: Int) {
        var index = first
        let next = { () -> Int64 in
            defer { index += 1 }
            return row[index]
        }
        let say = { (disposition: DispositionClass, count: Int64, tally: inout CallTally) in
            if count != 0 { tally.said[disposition] = Int(count) }
        }
        for part in TallyPart.allCases where parts.contains(part) {
            switch part {
            case .counts:
                for outcome in Outcome.allCases {
                    let count = next()
                    if count != 0 { calls[outcome] = Int(count) }
                }
            case .times:
                for outcome in Outcome.allCases {
                    let (ring, talk) = (next(), next())
                    if ring != 0 { ringMilliseconds[outcome] = ring }
                    if talk != 0 { talkMilliseconds[outcome] = talk }
                }
            case .success: say(.success, next(), &self)
            case .said:
                for disposition in DispositionClass.allCases where disposition != .success {
                    say(disposition, next(), &self)
                }
            case .persons: persons = Int(next())
            case .work:
                agentAbsent = Int(next())
                wrapUpMilliseconds = next()
                gapMilliseconds = next()
            }
        }
    }
}
