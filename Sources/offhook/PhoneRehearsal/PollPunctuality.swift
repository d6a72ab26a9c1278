import CallingRules
import Campaigns
import Dialer
import Foundation
import Synchronization

/// How punctual the polls of a rehearsal were: its clock is fast, and this computer is only as fast as it is.
struct PollPunctuality: Sendable, Equatable {
    /// The polls of a quarter of an hour.
    struct Stretch: Sendable, Equatable {
        var polls = 0
        /// Those that came later than their interval allows.
        var late = 0
    }

    /// How many stretches are named at most.
    static let mostNamed = 3
    private static let stretch: Int64 = 900_000

    /// By the number of the quarter of an hour since 1970.
    private(set) var stretches: [Int64: Stretch] = [:]
    /// The greatest lateness, in rehearsed time.
    private(set) var most: Duration = .zero
    /// The greatest lateness as a multiple of its interval.
    private(set) var worst = 0.0

    var polls: Int { stretches.values.reduce(0) { $0 + $1.polls } }
    var late: Int { stretches.values.reduce(0) { $0 + $1.late } }

    mutating func note(_ poll: PollTiming) {
        stretches[poll.beganAt.milliseconds / Self.stretch, default: Stretch()].polls += 1
        guard poll.isLate else { return }
        stretches[poll.beganAt.milliseconds / Self.stretch]?.late += 1
        most = max(most, poll.lateness)
        worst = max(worst, poll.lateness / poll.interval)
    }

    /// What is to be said of it, a sentence each.
    ///
    /// - Parameters:
    ///   - speed: how much faster than real time the rehearsal ran.
    ///   - clock: whose times are named.
    func sentences(speed: Double, on clock: ZoneClock) -> [String] {
        guard late > 0 else {
            return ["Polls were punctual: none of \(polls) came later than its interval allows."]
        }
        var lines = [
            "At \(Self.text(speed)) times real time \(late) of \(polls) polls (\(Self.share(late, of: polls))) came later than their "
                + "interval allows, up to \(DurationText.spoken(most)) of rehearsed time: answers and ends of calls were seen that "
                + "much later than real phones would show them."
        ]
        let worstStretches = stretches.filter { $0.value.late > 0 }
            .sorted { ($1.value.late, $0.key) < ($0.value.late, $1.key) }.prefix(Self.mostNamed)
        let named = worstStretches.map { entry in
            let local = clock.local(at: Instant(milliseconds: entry.key * Self.stretch))
            return "\(local.text) (\(entry.value.late) of \(entry.value.polls))"
        }
        lines.append("Most of them in the quarter hours from \(named.joined(separator: ", ")).")
        let slower = (speed / worst).rounded(.down)
        if slower >= 1 {
            lines.append("For punctual polls on this computer: --speed \(Self.text(slower)).")
        } else if speed > 1 {
            lines.append("For punctual polls: --speed 1, and nothing else on this computer.")
        }
        return lines
    }

    /// A speed as people write it.
    static func text(_ speed: Double) -> String {
        speed == speed.rounded() ? String(Int(speed)) : String(format: "%.1f", speed)
    }

    private static func share(_ part: Int, of whole: Int) -> String {
        String(format: "%.1f %%", Double(part) * 100 / Double(max(whole, 1)))
    }
}

/// Takes the polls of a rehearsal in, from the threads of its phones.
final class PollRecorder: Sendable {
    private let noted = Mutex(PollPunctuality())

    var punctuality: PollPunctuality { noted.withLock { $0 } }

    func note(_ poll: PollTiming) { noted.withLock { $0.note(poll) } }
}
