import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Reports
import Supervision
import Synchronization

/// A rehearsal in a terminal or a pipe: progress, its end, the reports.
struct RehearsalSession: Sendable {
    let floor: RehearsalFloor
    let speed: Double
    let share: ShareData
    let log: ProgramLog
    let stop: RehearsalStop

    /// Dials until the list is done, the end is reached, or somebody stops it; then tells what happened.
    ///
    /// - Returns: when it ended, on the rehearsal's clock.
    func run() async throws -> Instant {
        let clock = DialerClock(startingAt: floor.start, scale: speed)
        let polls = PollRecorder()
        var options = EngineOptions(
            campaigns: [floor.campaign.campaign.name], end: .done, packs: try share.packs(),
            environment: ProcessInfo.processInfo.environment.merging(
                [RehearsalPhones.passcodeVariable: floor.passcode]) { $1 })
        options.onlyPhones = floor.addresses
        options.onPoll = { polls.note($0) }
        let engine = try DialerEngine(store: floor.store, clock: clock, options: options, logger: log.logger)
        stop.takes(engine)
        let summary = try await withThrowingTaskGroup(of: RunSummary?.self) { group in
            group.addTask { try await engine.run() }
            group.addTask { [end = floor.end] in
                try await clock.sleep(until: end)
                await engine.stop()
                return nil
            }
            group.addTask { await self.show(engine) }
            if RehearsalAgents.areNeeded(by: floor.campaign.campaign) {
                let agents = RehearsalAgents(engine: engine, campaign: floor.campaign.campaign, clock: clock)
                group.addTask {
                    await agents.work()
                    return nil
                }
            }
            defer { group.cancelAll() }
            while let ended = try await group.next() {
                if let ended { return ended }
            }
            throw CommandFailure("The rehearsal ended without a summary; this is a fault of the program.")
        }
        let ended = clock.wallTime()
        try finish(summary, at: ended, polls: polls.punctuality)
        return ended
    }

    private func show(_ engine: DialerEngine) async -> RunSummary? {
        var display = ProgressDisplay(isTerminal: Console.isTerminal)
        var watch = StandstillWatch(of: floor.campaign.campaign.name, in: floor.store, share)
        let progress = RehearsalProgress(clock: floor.clock, speed: speed)
        while !Task.isCancelled {
            try? await Task.sleep(for: display.interval)
            guard !Task.isCancelled, let status = try? await engine.status() else { continue }
            let why = watch.why(status).map { Self.joined($0, floor.closure(at: status.now)) }
            display.show(progress.lines(status, why: why))
        }
        return nil
    }

    private func finish(_ summary: RunSummary, at now: Instant, polls: PollPunctuality) throws {
        let watch = StandstillWatch(of: floor.campaign.campaign.name, in: floor.store, share)
        let why =
            summary.end == .done && summary.status.contacts.remaining == 0
            ? nil : (try? watch.causes(at: now)).flatMap(RehearsalProgress.text)
        Console.say(
            "\(Self.sentence(summary, at: RehearsalProgress.time(now, on: floor.clock), hasReachedEnd: now >= floor.end))"
        )
        if let why { Console.say("What holds the rest back: \(Self.joined(why, floor.closure(at: now)))") }
        for report in try reports(until: now) { Console.say(layout: "\n" + report.text) }
        Console.say("\n\(polls.sentences(speed: speed, on: floor.clock).joined(separator: " "))")
    }

    /// What contacts wait for, and why most of them may not be called now.
    private static func joined(_ causes: String, _ closure: String?) -> String {
        closure.map { "\(causes). \($0)" } ?? causes
    }

    private static func sentence(_ summary: RunSummary, at time: String, hasReachedEnd: Bool) -> String {
        let remaining = summary.status.contacts.remaining
        let why =
            switch summary.end {
            case .done where remaining == 0: "The list is done"
            case .done: "Nothing more can be dialed"
            case .idle: "Nothing is due"
            case .noStation: "No phone can dial"
            case .stopped: hasReachedEnd ? "The end was reached" : "Stopped"
            }
        let calls = summary.status.outcomes.values.reduce(0, +)
        return
            "\(why) at \(time): \(calls) calls, \(remaining) of \(summary.status.contacts.total) contacts may still be called."
    }

    /// Outcomes by hour of the contacts' day, and compliance, of the time that was rehearsed.
    private func reports(until now: Instant) throws -> [Report] {
        let quarter: Int64 = 900_000
        let from = Instant(milliseconds: floor.start.milliseconds / quarter * quarter)
        let to = Instant(milliseconds: (max(now, floor.start).milliseconds / quarter + 1) * quarter)
        let scope = ReportScope(from: from, to: to, campaigns: [floor.campaign.id])
        return try [
            ReportQuestion(.outcomes, scope: scope, clock: floor.clock, grouping: .hour, now: now),
            ReportQuestion(.compliance, scope: scope, clock: floor.clock, now: now),
        ].map { try Reporting.answer($0, in: floor.store, share) }
    }
}

/// What Ctrl-C does to a rehearsal: the first lets running calls end, the second, or one before it dials, leaves at once. The copy of the
/// database goes in either case.
final class RehearsalStop: Sendable {
    private let engine = Mutex<DialerEngine?>(nil)
    private let folder: RehearsalFolder

    init(_ folder: RehearsalFolder) { self.folder = folder }

    /// From now on there are calls to be ended.
    func takes(_ engine: DialerEngine) { self.engine.withLock { $0 = engine } }

    /// A person has asked so often by now.
    func asked(_ count: Int, _ log: ProgramLog) {
        guard count == 1, let engine = engine.withLock({ $0 }) else {
            folder.remove()
            log.announceUnlessFull("Leaving at once; the copy of the database is deleted.")
            _exit(130)
        }
        Task { await engine.stop() }
        log.announceUnlessFull(
            "No further call is placed; the virtual calls that run go on to their end. Ctrl-C again leaves at once.")
    }
}
