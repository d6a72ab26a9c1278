import CampaignStore
import Campaigns

/// Slows down who guesses passwords or codes: by account and address, by address, and by account alone.
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

    /// What is guessed.
    public enum Secret: Sendable, Hashable {
        case password
        /// A code of a second factor: who gets so far has the password, so the account itself is guarded as well, even from its owner.
        case code
    }

    private static let byPair = Rule(free: 5, longest: .seconds(15 * 60))
    private static let byAddress = Rule(free: 30, longest: .seconds(15 * 60))
    private static let byAccount = Rule(free: 50, longest: .seconds(30))
    private static let codesByAccount = Rule(free: 10, longest: .seconds(15 * 60))
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
    public func begin(
        account: String, address: String, at now: Instant, guessing secret: Secret = .password
    ) -> Duration? {
        let keys = Self.keys(account, address, secret)
        let wait = keys.compactMap { counts[$0.key]?.blockedUntil }.max().map { $0.since(now) }
        if let wait, wait > .zero { return wait }
        if counts.count > Self.mostKeys { forgetOldest(at: now) }
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

    /// The attempt was right: its account starts anew from this address. What others tried, or this address tried with other
    /// accounts, stays counted: whoever has an account of their own gains nothing for guessing.
    public func succeeded(account: String, address: String, guessing secret: Secret = .password) {
        let keys = Self.keys(account, address, secret).map(\.key)
        counts[keys[0]] = nil
        for key in keys.dropFirst() {
            takeBack(key)
            counts[key]?.blockedUntil = nil
        }
    }

    /// The attempt was never made, since too many others waited: it does not count. A wait that it began goes on, or whoever keeps the
    /// queue full would wait for nothing.
    public func notMade(account: String, address: String) {
        for (key, _) in Self.keys(account, address, .password) { takeBack(key) }
    }

    private func takeBack(_ key: String) {
        counts[key]?.failures -= 1
        if counts[key]?.failures == 0, counts[key]?.blockedUntil == nil { counts[key] = nil }
    }

    /// Forgets what is over, and where that is too little, the half that is oldest.
    private func forgetOldest(at now: Instant) {
        counts = counts.filter { now.since($0.value.last) < Self.memory }
        guard counts.count > Self.mostKeys / 2 else { return }
        let kept = counts.sorted { $0.value.last > $1.value.last }.prefix(Self.mostKeys / 2)
        counts = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }

    /// Where an address counts: of IPv6 the network of 64 bits, since whoever has one address has all of it.
    static func place(of address: String) -> String {
        let address = NameText.cut(address, to: NameText.mostOfAddress)
        guard address.contains(":"), !address.hasPrefix("::ffff:") else { return address }
        let halves = address.prefix { $0 != "%" }.split(
            separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        let groups = { (text: Substring) in text.split(separator: ":").map(String.init) }
        var all = groups(halves[0])
        if halves.count == 2 {
            let end = groups(halves[1])
            all += Array(repeating: "0", count: max(0, 8 - all.count - end.count)) + end
        }
        return all.prefix(4).joined(separator: ":") + "::/64"
    }

    /// What an account's name is counted by, however it is written; bounded, since anybody may type anything.
    static func key(of account: String) -> String { NameText.cut(account, to: NameText.mostOfName).lowercased() }

    private static func keys(_ account: String, _ address: String, _ secret: Secret) -> [(key: String, rule: Rule)] {
        let account = key(of: account)
        let address = place(of: address)
        switch secret {
        case .password:
            return [
                ("pair: \(account) \(address)", byPair), ("from: \(address)", byAddress), ("to: \(account)", byAccount),
            ]
        case .code:
            return [
                ("code pair: \(account) \(address)", byPair), ("code from: \(address)", byAddress),
                ("code to: \(account)", codesByAccount),
            ]
        }
    }
}
