import CampaignStore
import Campaigns

/// Stations that come, change and go while the engine runs.
extension DialerHeart {
    /// Whether a station has a call, is placing one, or wraps one up: its setup stays as it is until then.
    public func isEngaged(_ name: String) -> Bool {
        guard let station = stations[name] else { return false }
        return station.hasCall || station.wrapUp != nil || station.offer != nil || station.wanted != nil
    }

    /// Lets the call of a station end and places no further one there; a contact that is only shown is put back.
    mutating func leave(_ name: String, at now: Instant) {
        stations[name]?.isLeaving = true
        stations[name]?.offer?.until = now
    }

    /// Takes the stations as they are configured now. One whose setup is the same goes on as it was; one that is engaged
    /// stays as well, whatever it is told.
    mutating func replaceStations(_ setups: [StationSetup], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        let wanted = Dictionary(uniqueKeysWithValues: setups.map { ($0.name, $0) })
        for name in order where wanted[name] != stations[name]?.setup && !isEngaged(name) {
            guard let former = stations[name] else { continue }
            effects += farewell(to: former)
            stations[name] = wanted[name].map { Station($0, after: former) }
            devices[former.setup.device] = nil
        }
        for setup in setups {
            if let station = stations[setup.name] {
                if station.setup == setup { stations[setup.name]?.isLeaving = false }
            } else {
                stations[setup.name] = Station(setup)
            }
        }
        let kept = order.filter { wanted[$0] == nil }.compactMap { stations[$0]?.setup }
        arrange(setups.compactMap { stations[$0.name]?.setup } + kept)
        for device in stationsOf.keys where devices[device] == nil {
            devices[device] = DeviceHealth(device: device, since: now)
        }
        for device in devices.keys where stationsOf[device] == nil { devices[device] = nil }
        // A phone that somebody mended or added is asked at once, and may have what campaigns wait for.
        wakeDesks()
        return effects
    }

    /// What ends with a station as it was: calls by hand that were followed, and commands of its desk.
    private func farewell(to station: Station) -> [DialerEffect] {
        let name = station.setup.name
        let why = Reason(code: "desk", text: "The phone of \(name) was changed just now; try again.")
        return station.observed.keys.sorted().map { .observedCallEnded(station: name, line: $0) }
            + station.lineCommands.map { .lineCommandRefused(station: name, $0.id, why) }
    }
}

extension Station {
    /// A station whose setup changed: nothing that its phone showed counts any more; what people said of it does.
    init(_ setup: StationSetup, after former: Station) {
        self.init(setup)
        present = former.present
        deskGoneAt = former.deskGoneAt
        pausedReason = former.pausedReason
        lastEnd = former.lastEnd
        state = former.state
        stateSince = former.stateSince
    }
}
