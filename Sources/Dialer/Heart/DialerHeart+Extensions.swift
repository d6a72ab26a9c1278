import CampaignStore
import Campaigns

/// The keys of an extension behind a number, until they are pressed.
struct AwaitedExtension: Sendable, Hashable {
    /// How long an exchange that answers has before its extension is pressed.
    static let delay: Duration = .seconds(1)
    /// How long after that the keys are still of use: nobody waits longer for them.
    static let patience: Duration = .seconds(5)

    let attempt: AttemptID
    let digits: String
    /// When they are pressed; nil until the call is answered.
    var due: Instant?
    /// They are on their way, and are never pressed again unless it is known that no byte of them left.
    var isPressed = false
}

extension DialerHeart {
    /// The number of a station's call has an extension behind it.
    mutating func awaitExtension(_ name: String, _ attempt: AttemptID, _ digits: String) {
        guard stations[name]?.watch?.attempt == attempt else { return }
        stations[name]?.awaitedExtension = AwaitedExtension(attempt: attempt, digits: digits)
    }

    /// The keys came too late to be sent: the next look decides again.
    mutating func extensionNotPressed(_ name: String, _ attempt: AttemptID) {
        guard stations[name]?.awaitedExtension?.attempt == attempt else { return }
        stations[name]?.awaitedExtension?.isPressed = false
    }

    /// Presses the extensions that are due, each right after a look that still shows our call connected and no other.
    ///
    /// Keys that came after the end of their call would open an idle line, or go to another's call.
    mutating func pressExtensions(_ names: [String], at now: Instant) -> [DialerEffect] {
        var effects: [DialerEffect] = []
        for name in names {
            guard let station = stations[name], let awaited = station.awaitedExtension else { continue }
            guard let watch = station.watch, watch.attempt == awaited.attempt else {
                stations[name]?.awaitedExtension = nil
                continue
            }
            guard let due = awaited.due, now >= due, !awaited.isPressed else { continue }
            guard now <= due + AwaitedExtension.patience else {
                stations[name]?.awaitedExtension = nil
                effects.append(.extensionMissed(station: name, awaited.attempt))
                continue
            }
            guard station.isFresh(at: now), let polledAt = station.polledAt else {
                if !station.isPolling { stations[name]?.askNow(at: now) }
                continue
            }
            let isOursAlone = station.lines.allSatisfy {
                $0.line == watch.line ? $0.phase == .connected : $0.phase == .idle
            }
            guard isOursAlone, station.lines.contains(where: { $0.line == watch.line }) else { continue }
            stations[name]?.awaitedExtension?.isPressed = true
            effects.append(
                .pressExtension(
                    station: name, awaited.attempt, digits: awaited.digits, before: polledAt + Station.freshness))
        }
        return effects
    }
}
