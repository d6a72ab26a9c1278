import CampaignStore

/// A count of contacts and how long it may be shown.
struct ContactTally {
    let counts: ContactCounts
    let validUntil: ContinuousClock.Instant
}

/// What takes a look at all contacts, beside the engine: it polls meanwhile.
extension DialerEngine {
    /// Contacts by state. Counting reads every contact of the campaigns, so on long lists it is done at most a twentieth of the time,
    /// and once for all who ask meanwhile.
    func currentCounts() async throws -> ContactCounts {
        if let counted, counted.validUntil > .now { return counted.counts }
        let count = counting ?? beginCount()
        counting = count
        defer { if counting == count { counting = nil } }
        let tally = try await count.value
        counted = tally
        return tally.counts
    }

    private func beginCount() -> Task<ContactTally, any Error> {
        let campaigns = Array(runners.keys)
        return Task(executorPreference: threads.dialer) { [store, threads] in
            try await threads.aside {
                let start = ContinuousClock.now
                let counts = try store.contactCounts(campaigns: campaigns)
                let end = ContinuousClock.now
                return ContactTally(counts: counts, validUntil: end + (end - start) * 20)
            }
        }
    }
}
