import CallingRules
import CampaignStore
import Campaigns
import Eligibility
import Foundation
import GrandstreamCTI
import Logging
import PhoneNumbers

/// The thin shell around the heart: carries effects out against the phones and the store, and tells the heart what came of them.
public actor DialerEngine {
    /// How often another program's changes in the database are looked for; the design allows 1 s.
    static let controlInterval: Duration = .milliseconds(400)
    /// Ticks come no closer than this: one looks at every station, and many are due together.
    static let tickInterval: Duration = .milliseconds(5)
    /// How long a run looks for a phone that can dial before it says that there is none: longer than the longest rest of a phone that
    /// did not answer (36 s), so that one that is back was asked at least once.
    static let noStationPatience: Duration = .seconds(60)
    /// The longest gap that a campaign can set between two calls of a station.
    static let longestGap: Duration = .seconds(3600)
    /// How long the engine stands still for another program's write: the other stores of this process and imports are done by then.
    /// For longer ones it waits beside its work.
    static let databasePatience: Duration = .milliseconds(20)
    /// A difference of the two hands of the clock from which somebody has set the wall's.
    static let clockStep: Duration = .seconds(2)

    /// The engine's own threads: nothing that runs on Swift's shared ones holds it up.
    nonisolated let threads = EngineThreads()
    let store: CampaignStore
    /// The connections of whoever made the engine, for what is asked beside its own work.
    nonisolated let asked: CampaignStore
    let clock: DialerClock
    let options: EngineOptions
    let logger: Logger
    let lock: EngineLock
    /// How the engine is, for whoever must not wait for it.
    public nonisolated let pulse: EnginePulse
    /// The phones that this engine drives, by device; no other on this computer may.
    var claims: [String: PhoneClaim] = [:]
    /// Where they are claimed; nil before the first.
    var claimFolder: ClaimFolder?
    /// The phones as this engine drives them now: a change in the database waits for running calls.
    var driven: [String: StoredDevice] = [:]
    /// Stations whose phones were changed in the database while they had a call: the change waits for its end.
    var heldBack: Set<String> = []
    /// How often the phone behind each station was exchanged.
    var exchanges: [String: Int] = [:]
    /// Phones that cannot take part yet, and why.
    var leftOut: [String: String] = [:]
    var heart = DialerHeart(stations: [])
    var setups: [String: StationSetup] = [:]
    var links: [String: PhoneLink] = [:]
    var runners: [CampaignID: CampaignRunner] = [:]
    /// Rules of campaigns that have open attempts but are not dialled in this run.
    var otherRules: [CampaignID: EligibilityRules] = [:]
    /// The rule packs that were read last.
    var lastPacks: [String: RulePack]?
    var observedRows: [String: ObservedRow] = [:]
    var outcomes: [Outcome: Int] = [:]
    var starts: [Instant] = []
    var reconciled = 0
    var startedAt: Instant
    var finishedAtStart = 0
    var noStationSince: Instant?
    var failure: (any Error)?
    var end: RunSummary.End?
    var journalSeen: Int64 = 0
    var pauses: [String: StoredStation] = [:]
    /// Calls that agents asked for and that are not placed yet, by station.
    var wantedCalls: [String: WantedCallReply] = [:]
    /// Commands of desks whose answer is waited for.
    var deskReplies: [Int: CheckedContinuation<String?, Never>] = [:]
    var lastDeskReply = 0
    /// The run has ended.
    var isOver = false
    /// Whether the engine runs: it was started and has not ended.
    public private(set) var isRunning = false
    /// Whom the open calls and offers are with, by station.
    var callees: [String: Callee] = [:]
    /// What changed since listeners were told last.
    var changes = EngineChange()
    /// Why the last contact was not called, for the agent.
    var denial: String?
    /// The same for the log, in words that name nobody.
    var denialCodes: String?
    var unwritten = UnwrittenRecords() { didSet { pulse.noteFault(unwritten.fault) } }
    /// What this computer is short of; nil while nothing is.
    var shortage: ShortageHold?
    /// The last durable sign of life that is in the database, or waits to be.
    var heartbeat = Heartbeat()
    /// Since when what is being done now could have been: the answer came, the time was there.
    var causeAt = Instant(milliseconds: 0)
    /// How long another program's write is waited for before anybody is told, in real time.
    var lockPatience: Duration = .seconds(5)
    /// Those who wait for what they said to be on disk.
    var confirmations: [CheckedContinuation<String?, Never>] = []
    /// Waits for other programs' writes on a thread of its own; nil before the run begins.
    var lockWatch: LockWatch?
    var lockWait: Task<Void, Never>?
    var logWatch = WriteAheadLogWatch()
    /// How the run comes to its end once it was told to stop.
    var stopping = StoppingRun()
    var keeping = Housekeeping()
    /// What the wall's hand had over the steady one at the last look.
    var wallOffset: Duration = .zero
    var counted: ContactTally?
    /// The count that is under way.
    var counting: Task<ContactTally, any Error>?
    /// Who asked for a look at the database; each look serves all who asked before it.
    nonisolated let notices = NoticeTickets()
    private var noticesServed = 0
    private var queue: [DialerEvent] = []
    private var isDraining = false
    private var timer: Task<Void, Never>?
    private var timerFor: Instant?
    private var tickedAt = Instant(milliseconds: 0)
    private var finished: AsyncStream<Void>.Continuation?

    /// An engine over a database; it takes the database's engine lock, and connections of its own: its writes stand in no queue with
    /// those of pages and commands.
    ///
    /// - Throws: `StoreError.engineRunning` where another engine holds the database; `.refused` where it was restored from a
    ///   back-up and does not know the calls since; `.unavailable`.
    public init(store: CampaignStore, clock: DialerClock, options: EngineOptions, logger: Logger) throws {
        self.clock = clock
        self.options = options
        self.logger = logger.of(.dialer)
        lock = try EngineLock(database: store.path)
        try store.requireKnownCalls()
        self.store = try CampaignStore(beside: store, patience: .seconds(30))
        asked = store
        startedAt = clock.now()
        pulse = EnginePulse(clock: clock)
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { threads.dialer.asUnownedSerialExecutor() }

    /// Dials until the options' end, or until `stop()`; running calls are followed to their end first.
    public func run() async throws -> RunSummary {
        do {
            try prepare()
        } catch {
            releaseLocks()
            throw error
        }
        let (ended, continuation) = AsyncStream.makeStream(of: Void.self)
        finished = continuation
        isRunning = true
        let watch = LatenessWatch(pulse: pulse, logger: logger)
        watch.start()
        pulse.begin(at: clock.now(), isStopping: end != nil)
        beat()
        let control = Task(executorPreference: threads.dialer) {
            while !Task.isCancelled {
                try? await self.threads.dialer.sleep(for: Self.controlInterval)
                await self.lookAtDatabase()
            }
        }
        // Whoever stopped it before it ran meant this run, too.
        feed(end == nil ? .tick : .stop)
        for await _ in ended { break }
        isRunning = false
        pulse.end()
        watch.stop()
        control.cancel()
        timer?.cancel()
        lockWait?.cancel()
        refuseDesks()
        if unwritten.isEmpty { try? store.endStationTime(at: clock.wallTime()) }
        for link in links.values { await end(link).value }
        // The run is over; a task that still sleeps may keep this object alive, but not the database from the next run.
        releaseLocks()
        if let failure { throw failure }
        counted = nil
        return RunSummary(end: end ?? .stopped, status: try await status(), reconciled: reconciled)
    }

    private func releaseLocks() {
        lock.release()
        claims.values.forEach { $0.release() }
        claims = [:]
        claimFolder = nil
    }

    /// Places no further call; the run ends when the running calls have, or before it begins.
    public func stop() {
        end = end ?? .stopped
        pulse.noteStopping()
        feed(.stop)
    }

    /// What the engine looks like now.
    public func status() async throws -> EngineStatus {
        let contacts = try await currentCounts()
        let now = clock.now()
        starts.removeAll { $0 <= now - .seconds(60) }
        let offset = clock.wallOffset()
        return EngineStatus(
            now: now + offset, startedAt: startedAt + offset,
            stations: stationStatus(), devices: heart.deviceHealth, outcomes: outcomes,
            callsLastMinute: starts.count, contacts: contacts,
            finishedAtStart: finishedAtStart, nextDue: heart.nextDue.map { $0 + offset },
            held: heart.held.map(HeldCampaign.init), isStopping: heart.isStopping,
            trouble: unwritten.trouble ?? shortage?.sentence,
            holds: dialingHolds(at: now + offset), startedCampaigns: startedCampaigns, answerAges: answerAges(at: now),
            late: pulse.reading().lateText)
    }

    /// Looks at the database for whoever holds this number, unless a look that began later than it was taken did so already.
    func serveNotice(_ ticket: Int) {
        guard noticesServed < ticket else { return }
        noticesServed = notices.last
        lookAtDatabase()
    }

    /// Hands the heart an event, carries out what it asks for, and goes on until nothing is left to do at this instant.
    ///
    /// - Parameter due: since when the event is there, where that was before now; what it leads to is as late as that.
    func feed(_ event: DialerEvent, dueAt due: Instant? = nil) {
        queue.append(event)
        guard !isDraining else { return }
        isDraining = true
        causeAt = due ?? clock.now()
        var next = timerFor
        while !queue.isEmpty {
            let now = clock.now()
            let event = queue.removeFirst()
            let effects = heart.handle(event, at: now)
            for effect in effects { perform(effect, at: now) }
            noteChange(event, effects)
            // As of what the heart was told: what becomes due in the meantime must not be taken for handled.
            if let due = heart.nextDeadline(after: now, changedBy: event) { next = min(next ?? due, due) }
        }
        isDraining = false
        tellChanges()
        lookForEnd()
        if let next { armTimer(for: next) }
    }

    /// An error that no waiting mends ends the run: what cannot be written down must not be dialled.
    func fail(_ error: any Error) {
        guard failure == nil else { return }
        failure = error
        logger.error("The run ends: \(LoggedError.text(error))")
        finished?.yield()
    }

    private func lookForEnd() {
        guard !heart.isStopping else {
            if hasStopped(at: clock.now()) { finished?.yield() }
            return
        }
        // What still waits to be written down is part of the run, and so is what could not be dialed for want of descriptors.
        guard unwritten.isEmpty, shortage == nil else { return }
        let isOver =
            switch options.end {
            case .never: false
            case .idle: heart.isIdle
            case .done: heart.isDone
            }
        if isOver {
            end = options.end == .idle ? .idle : .done
            finished?.yield()
        }
        lookForStations()
    }

    private func lookForStations() {
        guard options.end != .never, heart.noStationCanDial, !heart.hasOpenCalls else {
            noStationSince = nil
            return
        }
        let now = clock.now()
        let since = noStationSince ?? now
        noStationSince = since
        // A lock-out or a pause does not end by itself; a phone that is restarting may come back.
        let mayReturn = heart.stationStatus.contains { $0.state == .unreachable }
        if !mayReturn || now.since(since) >= Self.noStationPatience {
            end = .noStation
            finished?.yield()
        }
    }

    /// - Parameter next: not after what the heart waits for; where nothing is due by then, the tick finds out what is.
    private func armTimer(for next: Instant) {
        let next = max(next, tickedAt + Self.tickInterval)
        if let timerFor, timerFor <= next { return }
        timer?.cancel()
        timerFor = next
        pulse.waits(for: next)
        timer = Task(executorPreference: threads.dialer) {
            try? await self.clock.sleep(until: next, on: self.threads.dialer)
            await self.timerCame()
        }
    }

    private func timerCame() {
        // A later one was set in its place.
        guard !Task.isCancelled else { return }
        timerFired()
    }

    private func timerFired() {
        let due = timerFor
        timerFor = nil
        pulse.waits(for: nil)
        tickedAt = clock.now()
        feed(.tick, dueAt: due)
    }
}
