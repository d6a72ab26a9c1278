import Logging
import CampaignStore
import Dialer
import ServiceLifecycle
import Synchronization

/// What a live page listens to.
public enum LiveTopic: Sendable, Hashable {
    /// The journal.
    case events
    /// Every station.
    case floor
    /// One station.
    case desk(String)
}

/// What a listener is handed.
public enum LiveItem: Sendable {
    /// New events of the journal, in order.
    case events([JournalEntry])
    /// Stations that changed.
    case stations([StationStatus])
    /// How the floor as a whole stands.
    case summary(EngineStatus)
    /// Nothing happened for a while; the connection is alive.
    case heartbeat
}

/// Reads what changed once and hands it to all live pages. The engine tells it of changes; nothing polls the database.
///
/// A listener that does not keep up is cut off, not buffered for: its page connects again and resumes.
public actor LiveHub {
    /// Changes are handed out this often at most; the first after a pause at once.
    static let coalescing: Duration = .milliseconds(50)
    /// Between two signs of life of a connection on which nothing happens.
    static let heartbeat: Duration = .seconds(15)
    /// The same for desks, whose connection is the proof of presence.
    static let deskHeartbeat: Duration = .seconds(5)
    /// Items that wait for a slow listener, before it is cut off.
    static let patience = 256
    /// Most events that are read at once.
    static let batch = 1000

    private struct Listener {
        let topic: LiveTopic
        let owner: UserID?
        let continuation: AsyncStream<LiveItem>.Continuation
    }

    private let inbox: Mutex<EngineChange>
    private let signals: AsyncStream<Void>
    private nonisolated let signal: AsyncStream<Void>.Continuation
    private var listeners: [Int: Listener] = [:]
    private var lastListener = 0
    /// The newest event that was handed out.
    private var seen: Int64

    /// A hub that nobody listens to yet; it hands out what is written to the database from now on.
    public init(store: CampaignStore) throws {
        seen = try store.lastJournalNumber()
        inbox = Mutex(EngineChange())
        (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Takes in what the engine says changed; returns at once.
    public nonisolated func note(_ change: EngineChange) {
        inbox.withLock {
            $0.stations.formUnion(change.stations)
            $0.journal = $0.journal || change.journal
        }
        signal.yield()
    }

    /// Something was written to the journal beside the engine.
    public nonisolated func journalChanged() {
        inbox.withLock { $0.journal = true }
        signal.yield()
    }

    /// A new listener.
    ///
    /// - Parameter owner: whose it is, for ``endStreams(of:)`` and ``listeners(of:)``; nil for nobody's.
    public func subscribe(_ topic: LiveTopic, owner: UserID? = nil) -> LiveSubscription {
        lastListener += 1
        let (items, continuation) = AsyncStream.makeStream(
            of: LiveItem.self, bufferingPolicy: .bufferingOldest(Self.patience))
        listeners[lastListener] = Listener(topic: topic, owner: owner, continuation: continuation)
        return LiveSubscription(id: lastListener, items: items, continuation: continuation, newest: seen)
    }

    /// Forgets a listener.
    public func unsubscribe(_ subscription: LiveSubscription) {
        listeners.removeValue(forKey: subscription.id)?.continuation.finish()
    }

    /// Ends the streams of a user who was logged out or kept out: their pages have to prove themselves again.
    public func endStreams(of user: UserID) {
        for (id, listener) in listeners where listener.owner == user {
            listeners.removeValue(forKey: id)?.continuation.finish()
        }
    }

    /// How many streams a user has.
    public func listeners(of owner: UserID) -> Int { listeners.values.count { $0.owner == owner } }

    /// Lets every stream look at once whether its listener may still hear it: somebody logged out, or may do less now.
    public func checkListeners() { hand(.heartbeat) { _ in true } }

    /// Ends all streams.
    public func closeAll() {
        for id in listeners.keys { listeners.removeValue(forKey: id)?.continuation.finish() }
    }

    /// How many listen, by what they listen to.
    public var listenerCounts: [String: Int] {
        var counts = ["events": 0, "floor": 0, "desk": 0]
        for listener in listeners.values {
            switch listener.topic {
            case .events: counts["events", default: 0] += 1
            case .floor: counts["floor", default: 0] += 1
            case .desk: counts["desk", default: 0] += 1
            }
        }
        return counts
    }

    /// The service that hands out what happens.
    nonisolated func service(_ parts: ServerParts) -> LiveHubService { LiveHubService(hub: self, parts: parts) }

    /// Waits for changes and hands them out, until the task is cancelled.
    func handOut(_ parts: ServerParts) async throws {
        for await _ in signals {
            let change = inbox.withLock { change in
                defer { change = EngineChange() }
                return change
            }
            if change.journal { try handOutEvents(parts.store) }
            if !change.stations.isEmpty { await handOutStations(change.stations, parts.engine) }
            try await Task.sleep(for: Self.coalescing)
        }
    }

    /// Hands out the events that came since the last time.
    func handOutEvents(_ store: CampaignStore) throws {
        while true {
            let events = try store.journal(after: seen, limit: Self.batch)
            guard let newest = events.last?.seq else { return }
            seen = newest
            hand(.events(events)) { $0 == .events }
            if events.count < Self.batch { return }
        }
    }

    private func handOutStations(_ names: Set<String>, _ engine: DialerEngine) async {
        let wanted = listeners.values.contains { $0.topic != .events }
        guard wanted else { return }
        let stations = await engine.stationStatus(of: names)
        hand(.stations(stations)) { $0 == .floor }
        for station in stations { hand(.stations([station])) { $0 == .desk(station.name) } }
    }

    /// A sign of life, and once a second how the floor stands, while anybody looks.
    func beat(second: Int, _ engine: DialerEngine) async {
        if second.isMultiple(of: Int(Self.heartbeat.components.seconds)) {
            hand(.heartbeat) { if case .desk = $0 { false } else { true } }
        }
        if second.isMultiple(of: Int(Self.deskHeartbeat.components.seconds)) {
            hand(.heartbeat) { if case .desk = $0 { true } else { false } }
        }
        guard listeners.values.contains(where: { $0.topic == .floor }), let status = try? await engine.status() else {
            return
        }
        hand(.summary(status)) { $0 == .floor }
    }

    private func hand(_ item: LiveItem, to isMeant: (LiveTopic) -> Bool) {
        for (id, listener) in listeners where isMeant(listener.topic) {
            if case .enqueued = listener.continuation.yield(item) { continue }
            listener.continuation.finish()
            listeners[id] = nil
        }
    }
}

/// One listener's end of the hub.
public struct LiveSubscription: Sendable {
    let id: Int
    /// What it is handed; it ends when the listener is cut off or the server stops.
    public let items: AsyncStream<LiveItem>
    let continuation: AsyncStream<LiveItem>.Continuation
    /// The newest event that was handed out before it began; it is handed all later ones.
    let newest: Int64

    /// Ends it from the outside.
    func end() { continuation.finish() }
}

/// Runs the hub beside the server.
struct LiveHubService: Service {
    let hub: LiveHub
    let parts: ServerParts

    func run() async throws {
        let (hub, parts) = (hub, parts)
        try? await cancelWhenGracefulShutdown {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    while true {
                        do {
                            try await hub.handOut(parts)
                            return
                        } catch is CancellationError {
                            return
                        } catch {
                            // The database will be well again; listeners get what they missed then.
                            parts.logger.of(.web).warning("Live pages wait: \(LoggedError.text(error))")
                            try await Task.sleep(for: .seconds(1))
                            hub.journalChanged()
                        }
                    }
                }
                group.addTask {
                    for second in 1... {
                        try await Task.sleep(for: .seconds(1))
                        await hub.beat(second: second, parts.engine)
                    }
                }
                try await group.waitForAll()
            }
        }
        await hub.closeAll()
    }
}
