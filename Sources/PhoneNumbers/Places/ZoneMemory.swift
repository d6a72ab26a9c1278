import Synchronization

/// The zones that texts were read as: a list has few texts and many rows.
final class ZoneMemory: Sendable {
    /// A column of a million different texts is no column of time zones.
    private static let most = 1000
    private let known = Mutex<[String: [String]]>([:])

    /// The zones of a text, read once.
    func zones(_ text: String, _ read: () -> [String]) -> [String] {
        if let zones = known.withLock({ $0[text] }) { return zones }
        let zones = read()
        known.withLock { known in
            if known.count < Self.most { known[text] = zones }
        }
        return zones
    }
}
