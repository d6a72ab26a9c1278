import Campaigns

/// Slows down who guesses passwords: by account and address, by address, and by account alone.
///
/// Kept in memory: a restart forgives, and a password of twelve characters outlives that. The account alone is slowed down
/// only a little, so that nobody can keep its owner out.
public actor LoginThrottle {
    /// What is counted under one key.
    private struct Count {
        var failures = 0
        var last: Instant
        var blockedUntil: Instant?
    }

    /// A way to count, with how many failures are free and how long the waits grow.
    private struct Rule {
        let free: Int
        let longest: Duration
    }

    private static let byPair = Rule(free: 5, longest: .seconds(15 * 60))
    private static let byAddress = Rule(free: 30, longest: .seconds(15 * 60))
    private static let byAccount = Rule(free: 50, longest: .seconds(30))
    /// After this without a failure all is forgotten.
    static let memory: Duration = .seconds(3600)
    static let mostKeys = 20_000

    private var counts: [String: Count] = [:]

    /// A throttle that remembers nothing.
    public init() {}

    /// Lets an attempt begin, and counts it as a failure until ``succeeded(account:address:)`` says otherwise: attempts side
    /// by side are no way around.
    ///
    /// - Returns: nil; or how long to wait, and then nothing is counted.
    public func begin(account: String, address: String, at now: Instant) -> Duration? {
        let keys = Self.keys(account, address)
        let wait = keys.compactMap { counts[$0.key]?.blockedUntil }.max().map { $0.since(now) }
        if let wait, wait > .zero { return wait }
        if counts.count > Self.mostKeys { counts = counts.filter { now.since($0.value.last) < Self.memory } }
        for (key, rule) in keys {
            var count = counts[key] ?? Count(last: now)
            if now.since(count.last) >= Self.memory { count = Count(last: now) }
            count.failures += 1
            count.last = now
            let over = count.failures - rule.free
            if over >= 0 {
                count.blockedUntil = now + min(.seconds(1 << min(over, 10)), rule.longest)
            }
            counts[key] = count
        }
        return nil
    }

    /// The attempt was right: its account starts anew from this address.
    public func succeeded(account: String, address: String) {
        for (key, _) in Self.keys(account, address) { counts[key] = nil }
    }

    private static func keys(_ account: String, _ address: String) -> [(key: String, rule: Rule)] {
        let account = account.lowercased().prefix(64)
        return [
            ("\(account) \(address)", byPair), ("from \(address)", byAddress), ("to \(account)", byAccount),
        ]
    }
}
