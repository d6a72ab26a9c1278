import CampaignStore
import Campaigns

/// What listeners are told, at once and without their asking.
extension DialerEngine {
    /// Collects what an event and its effects changed. Polls come many times a second and change nothing by themselves.
    func noteChange(_ event: DialerEvent, _ effects: [DialerEffect]) {
        guard options.onChange != nil else { return }
        switch event {
        case .answered, .lines, .pollFailed, .tick, .lookNow: break
        case .stop, .stations: changes.stations.formUnion(setups.keys)
        default: if let name = event.station { changes.stations.insert(name) }
        }
        for effect in effects {
            if case .poll = effect { continue }
            if let name = effect.station ?? event.station { changes.stations.insert(name) }
            changes.journal = true
        }
    }

    /// Another program wrote to the journal.
    func noteJournal() {
        changes.journal = true
    }

    /// Somebody sat down at a station, left it, or paused it.
    func noteStation(_ name: String) {
        changes.stations.insert(name)
    }

    func tellChanges() {
        guard !changes.isEmpty, let onChange = options.onChange else { return }
        onChange(changes)
        changes = EngineChange()
    }
}

extension DialerEffect {
    /// The station that it is about; nil where an attempt or a campaign alone is named.
    var station: String? {
        switch self {
        case .pressExtension(let name, _, _, _), .extensionMissed(let name, _), .observedCallNumber(let name, _, _),
            .poll(let name, _), .placeCall(let name, _), .offerContact(let name, _), .placeOffered(let name, _),
            .offerShown(let name, _, _), .withdrawOffer(let name, _, _, _), .placeManual(let name, _, _),
            .manualRefused(let name, _), .dial(let name, _, _), .cancel(let name, _, _), .endCall(let name, _, _),
            .stationChanged(let name, _, _), .lockOut(let name, _), .observedCall(let name, _, _, _),
            .observedCallConnected(let name, _), .observedCallEnded(let name, _), .unknownWord(let name, _),
            .lineCommand(let name, _, _, _), .lineCommandRefused(let name, _, _), .pauseStation(let name, _):
            name
        case .noteAgentAbsent, .pauseCampaign, .noteCommanded, .noteSeen, .noteConnected, .beginWrapUp, .settle,
            .keepSaid, .settleDisposed, .wrapUpExtended:
            nil
        }
    }
}
