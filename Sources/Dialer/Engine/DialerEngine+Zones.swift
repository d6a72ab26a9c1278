import CampaignStore
import Campaigns
import CivilTime
import Logging

/// Time zone data that change while the engine runs.
extension DialerEngine {
    /// How often the files are looked at; changed ones are taken up at the second look that finds them the same.
    static let zoneInterval: Duration = .seconds(60)
    /// How far ahead changes are told.
    private static let zoneHorizon: Duration = .seconds(2 * 366 * 86_400)
    /// Zones that are named; the others are counted.
    private static let mostZones = 12

    /// Where the engine's local times come from.
    public nonisolated var zones: ZoneSource { options.zones }

    /// Looks at the files now and then, on a thread that may wait for the disk.
    func lookAtZones() {
        guard !keeping.isLookingAtZones, isDue(&keeping.nextZoneLook, every: Self.zoneInterval) else { return }
        keeping.isLookingAtZones = true
        Task(executorPreference: threads.dialer) { [threads, zones] in
            let change = try? await threads.aside { zones.look() }
            await self.takeUp(change ?? nil)
        }
    }

    /// Has every rule judged by the new data from now on, and says once what changes.
    private func takeUp(_ change: ZoneDataChange?) {
        keeping.isLookingAtZones = false
        guard let change, isRunning else { return }
        let now = clock.wallTime()
        do {
            try loadCampaigns(at: now)
        } catch {
            hold(error) {}
        }
        feed(.storeChanged)
        // Counting contacts can take a while.
        Task(executorPreference: threads.dialer) { [threads, asked] in
            let text = try? await threads.aside { try Self.text(of: change, in: asked, at: now) }
            await self.say(text ?? "\(Self.versions(of: change)); whom that touches could not be counted.")
        }
    }

    private func say(_ text: String) {
        logger.notice("\(text)")
        let (store, now) = (store, clock.wallTime())
        record { try store.recordEvent("zone_data_changed", detail: text, at: now) }
    }

    private static func versions(of change: ZoneDataChange) -> String {
        "Time zone data \(change.after.version) took the place of \(change.before.version)"
    }

    private static func text(of change: ZoneDataChange, in store: CampaignStore, at now: Instant) throws -> String {
        let stretch = now.wholeSeconds...(now + zoneHorizon).wholeSeconds
        let names = change.after.changedNames(from: change.before, during: stretch)
        guard !names.isEmpty else { return "\(versions(of: change)); no clock shows another time within two years." }
        let touched = try store.contacts(inZones: Set(names))
        let more = names.count > mostZones ? " and \(names.count - mostZones) more" : ""
        return
            "\(versions(of: change)): the clocks of \(names.prefix(mostZones).joined(separator: ", "))\(more) change within two years. "
            + "\(touched.contacts) contacts to be called may be there, with \(touched.callbacks) callbacks, which stay at their instants: "
            + "ask whether the time on the contact's clock is still right."
    }
}
