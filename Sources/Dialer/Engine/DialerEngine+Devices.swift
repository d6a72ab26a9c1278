import CampaignStore
import Campaigns
import GrandstreamCTI
import Logging

/// The phones that the engine drives: claimed, left out, and changed while it runs.
extension DialerEngine {
    /// Takes the phones as the database has them now: those that were added join, those that were changed are spoken to anew,
    /// those that were removed are given back. A station with an open call keeps its setup until the call, wrap-up included,
    /// has ended, and gets no further call before.
    ///
    /// The engine does this by itself when phones are applied; whoever needs it at once calls it. Before the run has begun it
    /// does nothing.
    ///
    /// - Throws: `StoreError`.
    public func reloadDevices() throws {
        guard isRunning else { return }
        let stored = try store.devices()
        heldBack = []
        // Those that go come first: the address of one may be another's now.
        let wanted = Dictionary(uniqueKeysWithValues: stored.map { ($0.name, $0.connection) })
        for device in driven.values.sorted(by: { $0.name < $1.name }) where wanted[device.name] != device.connection {
            let names = device.stations.map(\.name)
            if names.contains(where: heart.isEngaged) { heldBack.formUnion(names) } else { letGo(device) }
        }
        for device in stored {
            guard let former = driven[device.name] else {
                take(on: device)
                continue
            }
            if former.connection == device.connection { renew(device, after: former) }
        }
        let configured = stored.flatMap { (driven[$0.name]?.stations ?? []).map(\.name) }
        let others = Set(setups.keys).subtracting(configured).sorted()
        let isNew = configured.filter { heart.status(of: $0) == nil }
        feed(.stations((configured + others).compactMap { setups[$0] }))
        for name in heldBack.sorted() { feed(.leaving(station: name)) }
        for name in isNew {
            if !options.isStaffed(name) { feed(.presence(station: name, present: false)) }
            if let reason = pauses[name]?.pausedReason { feed(.pause(station: name, reason: reason)) }
            noteStation(name)
        }
        tellChanges()
    }

    /// Takes what changed of a phone behind the same address, as far as its calls allow.
    private func renew(_ device: StoredDevice, after former: StoredDevice) {
        if let link = links[device.name],
            let passcode = try? store.passcode(of: device.name, environment: options.environment),
            link.passcode != Passcode(passcode)
        {
            relink(device)
            for station in device.stations { feed(.phoneJoined(station: station.name)) }
        }
        let names = Set(device.stations.map(\.name))
        var kept = device
        for station in former.stations where !names.contains(station.name) {
            if heart.isEngaged(station.name) {
                heldBack.insert(station.name)
                kept.stations.append(station)
            } else {
                forget(station.name)
            }
        }
        for station in device.stations {
            var setup = StationSetup(station, of: device)
            setup.lastEnd = setups[station.name]?.lastEnd
            setup.exchanges = setups[station.name]?.exchanges ?? 0
            guard setups[station.name] != setup else { continue }
            if heart.isEngaged(station.name) {
                heldBack.insert(station.name)
                continue
            }
            setups[station.name] = setup
            pauses[station.name] = pauses[station.name] ?? station
        }
        driven[device.name] = kept
    }

    private func take(on device: StoredDevice) {
        if let problem = join(device) { leaveOut(device, problem) }
        driven[device.name] = device
        for station in device.stations {
            exchanges[station.name, default: 0] += 1
            var setup = StationSetup(station, of: device)
            setup.exchanges = exchanges[station.name] ?? 0
            setups[station.name] = setup
            pauses[station.name] = station
        }
        logger.of(.phones).notice("Phone \(device.name) is driven now, with \(device.stations.count) stations.")
    }

    /// Speaks to a phone no more, and lets another engine have it.
    private func letGo(_ device: StoredDevice) {
        if let link = links.removeValue(forKey: device.name) { end(link) }
        claims.removeValue(forKey: device.name)?.release()
        leftOut[device.name] = nil
        driven[device.name] = nil
        for station in device.stations { forget(station.name) }
        logger.of(.phones).notice("Phone \(device.name) is not driven any more as it was.")
    }

    /// Lets the request that is under way end, and closes the phone's connections.
    @discardableResult
    func end(_ link: PhoneLink) -> Task<Void, Never> {
        Task(executorPreference: link.executor) { await link.client.shutdown() }
    }

    private func forget(_ station: String) {
        noteStation(station)
        setups[station] = nil
        pauses[station] = nil
    }

    /// Claims a phone for this engine and makes its client.
    ///
    /// - Returns: why it cannot take part, as a sentence; nil where it does.
    func join(_ device: StoredDevice) -> String? {
        if let only = options.onlyPhones, !only.contains(device.address) {
            return "a rehearsal speaks to its virtual phones alone."
        }
        do {
            let claim: PhoneClaim
            switch try claiming().claim(device.address) {
            case .held(let why): return "\(why)."
            case .taken(let taken): claim = taken
            }
            let passcode = try store.passcode(of: device.name, environment: options.environment)
            links[device.name] = try PhoneLink(
                device, passcode: passcode, clock: clock, on: threads.phone(device.name))
            claims[device.name] = claim
            return nil
        } catch {
            return (error as? StoreError)?.withoutPath ?? "\(error)"
        }
    }

    /// The folder where phones are claimed; who finds the claims there is said once.
    private func claiming() throws -> ClaimFolder {
        if let claimFolder { return claimFolder }
        let folder = try ClaimFolder.open(options.environment)
        logger.of(.phones).notice("\(folder.notice)")
        claimFolder = folder
        return folder
    }

    func leaveOut(_ device: StoredDevice, _ problem: String) {
        guard leftOut[device.name] != problem else { return }
        leftOut[device.name] = problem
        logger.of(.phones).error("Phone \(device.name) is left out until that is fixed: \(problem)")
    }

    /// A phone that was left out takes part as soon as it can: its passcode is there, or its other engine is gone.
    func joinLate(_ name: String) {
        guard leftOut[name] != nil, let device = driven[name] else { return }
        if let problem = join(device) { return leaveOut(device, problem) }
        leftOut[name] = nil
        logger.of(.phones).notice("Phone \(name) takes part now.")
        for station in device.stations where setups[station.name] != nil { feed(.phoneJoined(station: station.name)) }
    }

    /// A new client with the passcode as it is now; where it cannot be read the old one stays, and is refused again.
    func relink(_ device: StoredDevice) {
        // Without a claim another engine may drive it.
        guard claims[device.name] != nil else { return }
        do {
            let former = links[device.name]
            let passcode = try store.passcode(of: device.name, environment: options.environment)
            links[device.name] = try PhoneLink(
                device, passcode: passcode, clock: clock, on: threads.phone(device.name))
            if let former { end(former) }
        } catch {
            logger.of(.phones).error("Phone \(device.name) stays as it was: \(LoggedError.text(error))")
        }
    }
}

extension StationSetup {
    /// A station of a device as it is stored.
    init(_ station: StoredStation, of device: StoredDevice) {
        self.init(
            name: station.name, device: device.name, handset: station.handset, family: device.family,
            dialWith: device.dialWith, account: device.account, trunk: device.trunk, dial: device.dial,
            words: WordMap(adding: device.states))
    }
}

extension StoredDevice {
    /// What its client is made from: where it differs, another phone may be behind the name.
    fileprivate var connection: [String] { [family.rawValue, address, "\(certificate)", "\(mayBeLocal)"] }
}
