import NIOConcurrencyHelpers

/// The telephone network behind all phones: it knows who is called how often, and numbers the calls.
final class SimulatedNetwork: Sendable {
    private struct Counts {
        var calls = 0
        var bySubscriber: [String: Int] = [:]
    }

    private let seed: UInt64
    private let table: FarEndTable
    private let counts = NIOLockedValueBox(Counts())

    init(seed: UInt64, table: FarEndTable) {
        self.seed = seed
        self.table = table
    }

    /// The next call's number, from 1.
    func nextCallID() -> Int {
        counts.withLockedValue {
            $0.calls += 1
            return $0.calls
        }
    }

    /// What the far end of a call to `number` will do. Each call to the same subscriber is drawn anew.
    func place(_ number: String) -> FarEndPlan {
        // The last ten digits: a subscriber is the same one in national and in international form.
        let subscriber = String(number.filter(\.isASCIIDigit).suffix(10))
        let count = counts.withLockedValue { counts in
            defer { counts.bySubscriber[subscriber, default: 0] += 1 }
            return counts.bySubscriber[subscriber, default: 0]
        }
        return FarEndPlan(subscriber: subscriber, count: count, seed: seed, table: table)
    }
}
