import CampaignStore
import Campaigns
import Dialer
import Foundation
import PhoneNumbers

/// One device as the pages show it.
struct PhoneRow {
    let model: [String: Any]

    init(
        _ device: StoredDevice, _ status: EngineStatus, _ checks: [String: StationCheck]? = nil, _ time: ViewerTime
    ) {
        let health = status.devices[device.name]
        let stations = device.stations.map { station in
            Self.station(station, status.stations.first { $0.name == station.name }, checks?[station.name])
        }
        var model: [String: Any] = [
            "name": device.name, "family": device.family == .gxp ? "GXP" : "DP base", "address": device.address,
            "dialWith": device.dialWith.rawValue, "stations": stations,
            "isLockedOut": device.stations.contains { $0.lockedOutAt != nil },
            "latency": health?.latency.map { "\($0.wholeMilliseconds) ms" } ?? "–",
            "isSlow": (health?.latency?.wholeMilliseconds ?? 0) >= PhoneAdvice.slow,
            "failures": health?.failures ?? 0, "answers": health?.answers ?? 0,
        ]
        if let trunk = device.trunk { model["trunk"] = trunk }
        if let text = health?.failureText, !text.isEmpty, (health?.failures ?? 0) > 0 { model["lastError"] = text }
        if let locked = device.stations.compactMap(\.lockedOutAt).max() { model["lockedOut"] = time.element(locked) }
        self.model = model
    }

    private static func station(
        _ station: StoredStation, _ status: StationStatus?, _ check: StationCheck?
    ) -> [String: Any] {
        let state = status?.state ?? (station.lockedOutAt != nil ? .lockedOut : .unknown)
        let detail = check.map(\.detail) ?? status?.detail ?? ""
        var model: [String: Any] = [
            "name": station.name, "state": state.rawValue, "stateText": StateText.text(of: state),
            "look": StateText.look(of: state), "detail": detail,
            "advice": advice(state, detail, station.name, check, words: status?.wordsToLearn ?? []),
        ]
        if let agent = station.agent { model["agent"] = agent }
        if let check { model["check"] = "\(check.result.rawValue)\(check.lines.isEmpty ? "" : ", \(check.lines)")" }
        return model
    }

    /// What to do, by what a check found, else by what the engine sees.
    private static func advice(
        _ state: StationState, _ detail: String, _ name: String, _ check: StationCheck?, words: [String]
    ) -> String {
        let learning = PhoneAdvice.advice(learning: words, station: name)
        if let check { return check.advice.isEmpty ? learning : check.advice }
        switch state {
        case .lockedOut: return PhoneAdvice.advice(for: .lockedOut, detail: detail, station: name)
        case .unreachable: return PhoneAdvice.advice(for: .unreachable, detail: detail, station: name)
        case .unregistered:
            return PhoneAdvice.advice(unmapped: [], unregistered: true, milliseconds: 0, station: name)
        default: return learning
        }
    }
}

/// A station's state for people.
enum StateText {
    /// The state in words, the same as scripts say (station-words.js).
    static func text(of state: StationState) -> String {
        switch state {
        case .unknown: "not seen yet"
        case .reconciling: "following up"
        case .paused: "paused"
        case .ready: "ready"
        case .reserved: "next call"
        case .dialing: "dialling"
        case .inCall: "in a call"
        case .held: "on hold"
        case .wrapUp: "wrap-up"
        case .busyByHand: "own call"
        case .dnd: "do not disturb"
        case .unregistered: "not registered"
        case .unreachable: "unreachable"
        case .lockedOut: "locked out"
        }
    }

    /// The class of its look: good, warn, bad, or none.
    static func look(of state: StationState) -> String {
        switch state {
        case .ready, .inCall: "good"
        case .unreachable, .lockedOut, .unregistered: "bad"
        case .dnd, .busyByHand, .paused: "warn"
        default: ""
        }
    }
}
