import CampaignStore
import Campaigns
import Synchronization

/// The requests that are being handled now, for whoever wants to know what keeps the server busy. It holds nothing personal: a route's
/// pattern and a user's number.
public final class RunningRequests: Sendable {
    /// What a request is at.
    public enum Phase: String, Sendable, Hashable {
        /// Its handler runs, or waits for the database.
        case handling
        /// Its long work waits for its turn.
        case waiting
        /// Its long work is done.
        case working
    }

    /// One request.
    public struct Entry: Sendable, Hashable {
        /// Such as `PUT /api/v1/campaigns/{campaign}`.
        public let route: String
        /// Whose it is; nil for nobody who is logged in.
        public let user: UserID?
        /// Since when.
        public let since: ContinuousClock.Instant
        public fileprivate(set) var phase: Phase

        /// For the log, such as `PUT /api/v1/campaigns/{campaign} of user 7`: the same for as long as it runs.
        public var name: String { "\(route)\(user.map { " of user \($0.value)" } ?? "")" }
    }

    private let entries = Mutex<(last: Int, running: [Int: Entry])>((0, [:]))

    /// Nothing runs yet.
    public init() {}

    /// Those that run now, the longest first.
    public var now: [Entry] {
        entries.withLock { Array($0.running.values) }.sorted { $0.since < $1.since }
    }

    /// Notes a request until its ticket is given back with ``Ticket/end()``.
    func begin(_ route: String, _ user: UserID?) -> Ticket {
        let number = entries.withLock { entries in
            entries.last += 1
            entries.running[entries.last] = Entry(route: route, user: user, since: .now, phase: .handling)
            return entries.last
        }
        return Ticket(requests: self, number: number)
    }

    /// A request in the list.
    struct Ticket: Sendable {
        fileprivate let requests: RunningRequests
        fileprivate let number: Int

        var phase: Phase? {
            get { requests.entries.withLock { $0.running[number]?.phase } }
            nonmutating set { if let newValue { requests.entries.withLock { $0.running[number]?.phase = newValue } } }
        }

        /// It is answered.
        func end() { requests.entries.withLock { _ = $0.running.removeValue(forKey: number) } }
    }
}
