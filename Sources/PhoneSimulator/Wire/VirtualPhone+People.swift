import Foundation

/// What people do at the phone and to it, away from the network interface.
extension VirtualPhone {
    func ring(
        handset: Int?, from number: String, name caller: String, ringSeconds: Double?, talkSeconds: Double?
    ) throws -> Int? {
        try atStation(of: handset) { station, context, now in
            station.ring(
                from: number, name: caller, ringSeconds: ringSeconds, talkSeconds: talkSeconds, at: now, in: context)
        }
    }

    func hangUp(handset: Int?, line: Int?) throws -> Bool {
        try atStation(of: handset) { station, _, now in
            station.hangUpByHand(try self.index(of: line ?? station.activeLine + 1, in: station), at: now)
        }
    }

    /// - Returns: false where nothing rings there.
    func pickUp(handset: Int?, line: Int?) throws -> Bool {
        try atStation(of: handset) { station, context, now in
            let index =
                try line.map { try self.index(of: $0, in: station) }
                ?? station.lines.firstIndex { $0.state == .ringing }
            guard let index, station.lines[index].state == .ringing else { return false }
            station.pickUp(index, at: now, in: context)
            return true
        }
    }

    func dialByHand(_ number: String, handset: Int?, line: Int?) throws {
        guard update({ state, _ in state.power == .on }) else { throw PhoneSimulatorError.noPower(phone: name) }
        try atStation(of: handset) { station, context, now in
            let index = try line.map { try self.index(of: $0, in: station) } ?? station.idleLine
            guard let index, station.lines[index].state == .idle else {
                throw PhoneSimulatorError.noSuchLine(phone: self.name, line: line)
            }
            station.dial(number, on: index, origin: .byHand, at: now, in: context)
        }
    }

    func snapshots() -> [SimulatedLineSnapshot] {
        update { state, _ in
            state.device.stations.enumerated().flatMap { index, station in
                let handset = state.device.handset(ofStation: index)
                return station.lines.enumerated().map { number, line in
                    SimulatedLineSnapshot(
                        handset: handset, line: number + 1, state: line.state, number: line.call?.number ?? "",
                        callID: line.call?.id)
                }
            }
        }
    }

    private func atStation<Result>(
        of handset: Int?, _ act: (inout StationModel, CallContext, Date) throws -> Result
    ) throws -> Result {
        try update { state, now in
            guard let index = state.device.station(ofHandset: handset) else {
                throw PhoneSimulatorError.noSuchHandset(phone: name, handset: handset)
            }
            var callContext = context(state)
            // A phone without power, or on its way up, has no line to the network.
            if state.power != .on { callContext.behaviour.registered = false }
            return try act(&state.device.stations[index], callContext, now)
        }
    }

    private func index(of line: Int, in station: StationModel) throws -> Int {
        guard station.lines.indices.contains(line - 1) else {
            throw PhoneSimulatorError.noSuchLine(phone: name, line: line)
        }
        return line - 1
    }
}
