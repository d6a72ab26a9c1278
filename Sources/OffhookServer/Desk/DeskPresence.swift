import HTTPTypes
import CampaignStore
import Campaigns
import Dialer

/// Which desk pages are live. A live page is the proof that its agent is there; several pages of one agent count once.
public actor DeskPresence {
    /// A page that is live.
    private struct Page {
        let user: UserID
        let station: String
        let end: @Sendable () -> Void
    }

    private let store: CampaignStore
    private let engine: DialerEngine
    private let now: @Sendable () -> Instant
    private var pages: [Int: Page] = [:]
    private var lastPage = 0

    init(store: CampaignStore, engine: DialerEngine, now: @escaping @Sendable () -> Instant) {
        self.store = store
        self.engine = engine
        self.now = now
    }

    /// Seats an agent at a station. Whoever sat there and has no live page any more leaves.
    ///
    /// - Throws: `StoreError.notFound`; ``Problem`` 409 where somebody sits there with a live page.
    public func sit(_ user: User, at station: String, session: StoredSession) async throws {
        if let other = pages.values.first(where: { $0.station == station && $0.user != user.id }) {
            let name = try store.user(other.user).displayName
            throw Problem(.conflict, "\(name) sits at \(station); choose another station.", code: "station_taken")
        }
        if let former = try store.desk(of: station).agent, former != user.name {
            try store.setAgent(nil, station: station, at: now())
        }
        for page in pages.values where page.user == user.id && page.station != station { page.end() }
        try store.setAgent(user.name, station: station, at: now())
        try store.setStation(station, ofSession: session.tokenHash)
        try store.rememberStation(station, user: user.id)
        await engine.noticeChanges()
    }

    /// The agent of a session leaves the station.
    public func leave(session: StoredSession) async throws {
        guard let station = session.station else { return }
        for page in pages.values where page.user == session.user.id && page.station == station { page.end() }
        if try store.desk(of: station).agent == session.user.name {
            try store.setAgent(nil, station: station, at: now())
        }
        try store.setStation(nil, ofSession: session.tokenHash)
        await engine.agentLeft(station)
        await engine.noticeChanges()
    }

    /// A page is live.
    ///
    /// - Parameter end: ends the page's stream, when its agent goes elsewhere.
    /// - Returns: its number, for ``close(_:)``.
    public func open(_ user: UserID, at station: String, end: @escaping @Sendable () -> Void) async -> Int {
        lastPage += 1
        pages[lastPage] = Page(user: user, station: station, end: end)
        let page = lastPage
        await engine.presence(of: station, isPresent: true)
        // The page may have gone, or come, while the engine was told.
        await tell(station)
        return page
    }

    /// A page is gone.
    public func close(_ page: Int) async {
        guard let station = pages.removeValue(forKey: page)?.station else { return }
        await tell(station)
    }

    /// Whether any page of a station is live.
    public func isLive(_ station: String) -> Bool { pages.values.contains { $0.station == station } }

    private func tell(_ station: String) async {
        await engine.presence(of: station, isPresent: isLive(station))
    }
}
