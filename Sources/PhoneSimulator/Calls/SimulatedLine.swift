import Foundation

/// A call as its line knows it.
struct LineCall: Sendable, Equatable {
    let id: Int
    let direction: SimulatedCall.Direction
    let number: String
    let name: String
}

/// Something that will happen to a line unless it is called off.
enum LineOccurrence: Sendable, Equatable {
    case farEndAnswers(talkSeconds: Double?)
    case farEndHangsUp
    case farEndFails(code: Int)
    case agentHangsUp
    case callerGivesUp
    case failureClears
    case holdTakesEffect(held: Bool)
}

/// One line of a phone or handset: its state, its call, and what is due to happen to it.
struct SimulatedLine: Sendable {
    private struct Due: Sendable {
        var at: Date
        var occurrence: LineOccurrence
    }

    var state = SimulatedLineState.idle
    /// What has been keyed in and not been sent.
    var digits = ""
    /// Kept while the line shows `failed`, though the call is over.
    var call: LineCall?
    /// For an incoming call: when the caller hangs up after the answer; nil: never by itself.
    var incomingTalkSeconds: Double?
    private var agenda: [Due] = []

    /// When the next thing happens by itself.
    var nextDeadline: Date? {
        agenda.isEmpty ? nil : agenda.lazy.map(\.at).min()
    }

    mutating func schedule(_ occurrence: LineOccurrence, at time: Date) {
        agenda.append(Due(at: time, occurrence: occurrence))
    }

    /// Takes the earliest occurrence off the agenda; of several at one time, the one scheduled first.
    mutating func takeNext() -> LineOccurrence? {
        guard let earliest = nextDeadline, let index = agenda.firstIndex(where: { $0.at == earliest }) else {
            return nil
        }
        return agenda.remove(at: index).occurrence
    }

    mutating func clearAgenda() {
        agenda.removeAll()
    }
}
