import CampaignStore
import Campaigns
import Eligibility
import Logging

/// What an engine does with the database beside dialing, a little at each look.
struct Housekeeping {
    /// The sweep that is under way.
    var sweep: RetentionSweep?
    /// When the next sweep begins; nil for at once.
    var nextSweep: Instant?
    /// When the log is tried to be emptied of what was erased.
    var nextLogLook: Instant?
    /// Whether that is being tried.
    var isEmptyingLog = false
    /// When the files of the time zone data are looked at.
    var nextZoneLook: Instant?
    /// Whether that is being done.
    var isLookingAtZones = false
    /// When the size of the database is noted.
    var nextSize: Instant?
    /// Whether calls of an earlier version still hold their rules' texts themselves.
    var hasWholeTexts = true
}

extension DialerEngine {
    /// From one sweep to the next.
    static let sweepInterval: Duration = .seconds(3600)
    /// From one try to empty the log to the next.
    static let logInterval: Duration = .seconds(2)
    /// Slices that find nothing to remove and are looked at in one go: they only read.
    private static let emptySlices = 16

    /// Removes what has been kept long enough: at most one slice that writes, so that no call waits for it. Where another
    /// program writes, it is that program's turn: the next look tries again, and dialing is not held for it.
    func keepHouse(at now: Instant) throws {
        // A page's act has the database looked at as well, also before the run and after it.
        guard isRunning else { return }
        do {
            try keepHouseNow(at: now)
        } catch StoreError.unavailable(_, .locked) {
            logger.debug("Housekeeping waits for another program's write.")
        }
    }

    private func keepHouseNow(at now: Instant) throws {
        guard try store.sweepErased(at: now) == 0 else { return }
        if isDue(&keeping.nextLogLook, every: Self.logInterval) { try emptyLog(at: now) }
        if isDue(&keeping.nextSize, every: Self.sweepInterval) { try store.noteDatabaseSize(at: now) }
        if keeping.hasWholeTexts {
            keeping.hasWholeTexts = try store.moveRuleTexts()
            guard !keeping.hasWholeTexts else { return }
        }
        if keeping.sweep == nil, isDue(&keeping.nextSweep, every: Self.sweepInterval) {
            keeping.sweep = try RetentionSweep(of: store, memory: callMemory(), at: now)
        }
        guard var sweep = keeping.sweep else { return }
        var isMore = true
        for _ in 0..<Self.emptySlices where isMore {
            let before = sweep.removed
            isMore = try sweep.runSlice(on: store, at: now)
            keeping.sweep = isMore ? sweep : nil
            if before.values.reduce(0, +) != sweep.removed.values.reduce(0, +) { break }
        }
        if !isMore, !sweep.report.removed.isEmpty { logger.info("Retention removed \(sweep.report.text).") }
    }

    /// Empties the log of what was erased, where there is something. To copy a long log takes a while, and the engine polls.
    private func emptyLog(at now: Instant) throws {
        guard !keeping.isEmptyingLog, try store.erasureResidueSince() != nil else { return }
        keeping.isEmptyingLog = true
        Task(executorPreference: threads.dialer) { [store, logger, threads] in
            do {
                try await threads.aside { _ = try store.clearErasureResidue(at: now) }
            } catch {
                logger.debug("The log could not be emptied yet: \(LoggedError.text(error))")
            }
            await self.hasTriedToEmptyLog()
        }
    }

    private func hasTriedToEmptyLog() { keeping.isEmptyingLog = false }

    /// How far back the rules of all campaigns look; nil where those of one cannot be read.
    private func callMemory() throws -> CallMemory? {
        let campaigns = try store.campaigns()
        let rules = campaigns.compactMap { otherRules[$0.id] }
        return rules.count == campaigns.count ? CallMemory(of: rules) : nil
    }

    func isDue(_ next: inout Instant?, every interval: Duration) -> Bool {
        let now = clock.now()
        if let due = next, now < due { return false }
        next = now + interval
        return true
    }
}
