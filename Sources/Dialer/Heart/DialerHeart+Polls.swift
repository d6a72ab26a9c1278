import CampaignStore
import Campaigns

extension DialerHeart {
    /// When a station is to be polled next; nil where that waits for something else.
    func pollDue(_ name: String) -> Instant? {
        guard let station = stations[name], !station.isPolling, station.health != .lockedOut else { return nil }
        switch devices[station.setup.device]?.circuit {
        case .open(let until): return prober(of: station.setup.device) == name ? until : nil
        case .probing: return nil
        case .closed, nil: return station.nextPoll ?? Instant(milliseconds: 0)
        }
    }

    /// The one station that asks for a device whose circuit is open: one with a call of ours before all others.
    private func prober(of device: String) -> String? {
        let asking = stationsOf[device, default: []].filter { name in
            stations[name].map { !$0.isPolling && $0.health != .lockedOut } ?? false
        }
        return asking.first { stations[$0]?.watch != nil } ?? asking.first
    }

    mutating func polls(_ names: [String], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for name in names {
            guard let station = stations[name], let due = pollDue(name), now >= due else { continue }
            stations[name]?.isPolling = true
            let since = lateFrom(due, station, at: now)
            stations[name]?.pollDueAt = since
            devices[station.setup.device]?.probe()
            let isPressing = station.watch != nil || station.state == .ready || station.wanted != nil
            effects.append(.poll(station: name, isPressing ? .call : .idle))
        }
        return effects
    }

    /// Since when a poll that begins now could have: when its pause was over, but not before its device was asked again at all.
    private func lateFrom(_ due: Instant, _ station: Station, at now: Instant) -> Instant {
        // One that was never asked, or is to be asked at once, was due just now.
        let due = station.nextPoll == nil ? now : due
        let device = devices[station.setup.device]
        if case .open(let until) = device?.circuit { return max(due, until) }
        return max(due, device?.askedSince ?? due)
    }

    /// Whether a call of ours is followed at a station, which is polled more often for it.
    func isFollowing(_ name: String) -> Bool { stations[name]?.watch != nil }

    /// When the poll of a station that is under way was due.
    func pollDueAt(_ name: String) -> Instant? { stations[name]?.pollDueAt }

    /// A device answered one of its stations: where it had been left alone, the others ask at once.
    mutating func deviceAnswered(_ name: String, at now: Instant) {
        guard let device = stations[name]?.setup.device, let former = devices[device] else { return }
        devices[device]?.answered(at: now)
        guard former.circuit != .closed else { return }
        for other in stationsOf[device, default: []] where other != name { stations[other]?.nextPoll = now }
    }

    /// How well each device answers, by name.
    public var deviceHealth: [String: DeviceHealth] { devices }
}
