/// How many connections the web pages may have, so that descriptors remain for the engine, the phones and the database.
public struct ConnectionLimits: Sendable, Hashable {
    /// Most connections by default, however many descriptors there are: some thousand desks and a proxy's spare ones.
    static let mostByDefault = 4096
    /// Descriptors for engine, database, log, event loops and whatever a command of a page opens.
    static let reserveForEngine = 96
    /// Descriptors for each phone: its claim, the connection that polls it, that of a command, and one that is closing.
    static let reserveForPhone = 4
    /// The least share of one address by default: an office behind one address has many desks.
    static let leastByAddress = 32

    /// Most connections at once.
    public let total: Int
    /// Most connections of one address at once; behind a trusted proxy, most requests of one client that are under way.
    public let perAddress: Int
    /// So many descriptors stay free of connections, whoever has the others.
    public let spare: Int

    /// Limits from what the system allows.
    ///
    /// - Parameters:
    ///   - descriptors: how many the process may have open, 1 or more.
    ///   - phones: how many phones the engine drives.
    ///   - total: what the administrator wants, 1 or more; nil for as many as fit, up to 4,096. What does not fit is cut.
    ///   - perAddress: the same for one address; nil for an eighth of all, and at least 32.
    public init(descriptors: Int, phones: Int, total: Int? = nil, perAddress: Int? = nil) {
        let reserve = Self.reserveForEngine + Self.reserveForPhone * phones
        // With very few descriptors some pages are better than none; the live guard of `spare` keeps the engine's.
        let fitting = max(descriptors - reserve, descriptors / 8, 1)
        self.total = max(1, min(total ?? Self.mostByDefault, fitting))
        self.perAddress = max(1, min(perAddress ?? max(Self.leastByAddress, self.total / 8), self.total))
        spare = min(reserve / 2, descriptors / 2)
    }
}
