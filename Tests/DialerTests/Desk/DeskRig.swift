import CampaignStore
import Campaigns
import Dialer
import PhoneNumbers

/// One station of a heart and its events, by hand.
struct DeskRig {
    let station = "desk-1"
    let campaign = CampaignID(1)
    let attempt = AttemptID(7)
    var heart: DialerHeart
    var now = Instant(milliseconds: 1_773_151_200_000)
    private var lastID = 0

    init(family: PhoneFamily = .gxp) {
        heart = DialerHeart(stations: [
            StationSetup(
                name: "desk-1", device: "desk-1", handset: family == .dp ? 1 : nil, family: family,
                dialWith: family == .dp ? .makeCall : .sendKey, account: 0, trunk: nil, dial: DialPlanOverride(),
                words: WordMap())
        ])
        var pacing = PacingSettings()
        pacing.wrapUp = .seconds(2)
        send(.campaigns([CampaignSetup(id: campaign, name: "c", pacing: pacing, ringTimeout: .seconds(25))]))
    }

    @discardableResult
    mutating func send(_ event: DialerEvent, after delay: Duration = .milliseconds(10)) -> [DialerEffect] {
        now = now + delay
        return heart.handle(event, at: now)
    }

    @discardableResult
    mutating func lines(
        _ first: LinePhase, _ number: String = "", second: LinePhase = .idle, after delay: Duration = .milliseconds(250)
    ) -> [DialerEffect] {
        send(
            .lines(
                station: station,
                [
                    ObservedLine(line: 1, word: first.rawValue, phase: first, remoteNumber: number),
                    ObservedLine(
                        line: 2, word: second.rawValue, phase: second,
                        remoteNumber: second == .idle ? "" : "4155550199"),
                ]), after: delay)
    }

    /// A call of ours that rings.
    mutating func ring() {
        lines(.idle)
        send(.intentRecorded(station: station, attempt, campaign: campaign, dialled: "2125550100"))
        send(.dialAnswered(station: station, attempt, .accepted))
        lines(.calling, "2125550100")
    }

    /// A command of the desk, with its number.
    @discardableResult
    mutating func command(_ command: LineCommand) -> [DialerEffect] {
        lastID += 1
        return send(.lineCommand(station: station, id: lastID, command))
    }

    /// How the attempt ended, if it did.
    func ending(_ effects: [DialerEffect]) -> CallEnding? {
        for effect in effects {
            switch effect {
            case .settle(_, let ending, _): return ending
            case .beginWrapUp(_, let ending, _): return ending
            default: continue
            }
        }
        return nil
    }
}

extension [DialerEffect] {
    var places: Bool { contains { if case .placeCall = $0 { true } else { false } } }
    var refuses: Bool { contains { if case .lineCommandRefused = $0 { true } else { false } } }
    var commands: Bool { contains { if case .lineCommand = $0 { true } else { false } } }
}
