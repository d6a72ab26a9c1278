import Foundation

@testable import PhoneSimulator

/// A station on a bench: no sockets, no clock but the one the test turns.
struct Bench {
    var station: StationModel
    var context: CallContext
    var now = Date(timeIntervalSince1970: 1_800_000_000)
    private(set) var events: [CallEvent] = []
    private let origin = Date(timeIntervalSince1970: 1_800_000_000)

    init(
        lines: Int = 3, farEnds: FarEndTable = .standard, seed: UInt64 = 1,
        _ change: (inout PhoneBehaviour) -> Void = { _ in }
    ) {
        station = StationModel(lines: lines)
        var behaviour = PhoneBehaviour()
        behaviour.keyDelay = 0
        behaviour.holdDelay = 0
        change(&behaviour)
        context = CallContext(behaviour: behaviour, network: SimulatedNetwork(seed: seed, table: farEnds))
    }

    /// Lets virtual seconds pass.
    mutating func pass(_ seconds: Double) {
        now += seconds
        station.advance(to: now, in: context)
        events += station.outbox
        station.outbox = []
    }

    /// Presses keys as GXP words.
    mutating func press(_ words: String) {
        let keys = words.split(separator: ":").compactMap {
            PhoneKey(word: String($0), family: .gxp, lines: station.lines.count, strict: false)
        }
        station.enqueue(keys, at: now, in: context)
        pass(0)
    }

    mutating func perform(_ operation: LineOperation, line: Int? = nil, togglesHold: Bool = true) -> Bool {
        let accepted = station.perform(
            operation, on: line.map { $0 - 1 }, togglesHold: togglesHold, at: now, in: context)
        pass(0)
        return accepted
    }

    @discardableResult
    mutating func ring(from number: String = "5550100", for seconds: Double? = nil, talks: Double? = nil) -> Int? {
        let id = station.ring(
            from: number, name: "", ringSeconds: seconds, talkSeconds: talks, at: now, in: context)
        pass(0)
        return id
    }

    /// The state of a line, from 1.
    func state(_ line: Int = 1) -> SimulatedLineState { station.lines[line - 1].state }

    /// The states a line went through after idle, with the virtual seconds since the bench's start.
    func history(_ line: Int = 1) -> [String] {
        events.compactMap { event in
            guard case .lineChanged(line, _, let to, _, let time) = event else { return nil }
            return "\(to.rawValue)@\((time.timeIntervalSince(origin) * 1000).rounded() / 1000)"
        }
    }

    /// What ended each call, in order.
    var causes: [SimulatedCall.EndCause] {
        events.compactMap { event in
            if case .ended(_, _, let cause, _) = event { cause } else { nil }
        }
    }

    /// The numbers of the calls that were placed or came in.
    var numbers: [String] {
        events.compactMap { event in
            if case .started(let call, _, _, _) = event { call.number } else { nil }
        }
    }

    var tones: String {
        String(
            events.compactMap { event in
                if case .tone(_, _, let digit, _) = event { digit } else { nil }
            })
    }
}
