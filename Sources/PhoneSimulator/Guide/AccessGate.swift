import Foundation

/// Decides on the passcode, and locks after too many wrong ones.
struct AccessGate: Sendable {
    enum Verdict: Sendable, Equatable {
        case admitted
        case wrongPasscode
        case locked(seconds: Double)
    }

    private var wrongInARow = 0
    private var lockedUntil: Date?

    mutating func judge(_ given: String?, expected: String, behaviour: PhoneBehaviour, at now: Date) -> Verdict {
        if let until = lockedUntil {
            if now < until { return .locked(seconds: until.timeIntervalSince(now)) }
            lockedUntil = nil
            wrongInARow = 0
        }
        if given == expected {
            wrongInARow = 0
            return .admitted
        }
        wrongInARow += 1
        if let limit = behaviour.locksAfterWrongPasscodes, wrongInARow >= limit {
            lockedUntil = now + behaviour.lockSeconds
        }
        return .wrongPasscode
    }
}
