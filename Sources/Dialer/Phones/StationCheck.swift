import CampaignStore
import Campaigns
import GrandstreamCTI

/// What one station answered when it was asked for its lines.
public struct StationCheck: Sendable {
    /// How a station answered, as the column says it.
    public enum Result: String, Sendable {
        case idle, busy, refused, unreachable, unusable
        case lockedOut = "locked out"
        case timedOut = "timed out"
        case notAPhone = "not a phone"
        case notAsked = "not asked"
    }

    public var station: String
    public var result: Result
    /// How many of its lines are idle, as a phrase; empty where it did not answer.
    public var lines = ""
    /// How long it took to answer.
    public var milliseconds: Int64?
    /// What it said, or which lines are in use.
    public var detail = ""
    /// What an administrator does about it; empty where nothing is wrong.
    public var advice = ""
    /// Whether it could dial, were its lines idle.
    public var isGood = false

    private static func failed(_ station: String, _ result: Result, _ detail: String) -> StationCheck {
        StationCheck(
            station: station, result: result, detail: detail,
            advice: PhoneAdvice.advice(for: result, detail: detail, station: station))
    }

    /// Asks every station of a device; after a refused passcode the device is not asked again, by anybody, until a person
    /// says that it may be.
    ///
    /// - Parameters:
    ///   - lockedOutAt: when it refused the passcode earlier; nil where it may be asked.
    ///   - environment: where env passcodes are looked up.
    ///   - tell: told, as a sentence, where a refusal could not be written down.
    public static func check(
        _ device: StoredDevice, lockedOutAt: Instant?, in store: CampaignStore, environment: [String: String],
        at now: Instant, tell: @Sendable (String) -> Void
    ) async -> [StationCheck] {
        if let lockedOutAt {
            let detail =
                "it refused the passcode at \(lockedOutAt.iso8601) and was not asked now: five refusals lock some phones; "
                + "--again asks it once more"
            return device.stations.map { failed($0.name, .lockedOut, detail) }
        }
        let client: PhoneClient
        do {
            let passcode = try store.passcode(of: device.name, environment: environment)
            client = PhoneClient(try PhoneEndpoint(device, passcode: passcode))
        } catch {
            return device.stations.map { failed($0.name, .unusable, "\(error)") }
        }
        var checks: [StationCheck] = []
        var refused: String?
        for station in device.stations {
            if let refused {
                checks.append(failed(station.name, .lockedOut, refused))
                continue
            }
            let check = await check(station, device, client)
            if check.result == .lockedOut {
                refused = check.detail
                lockOut(device, in: store, at: now, tell)
            }
            checks.append(check)
        }
        await client.shutdown()
        return checks
    }

    /// The refusal is the device's: all its stations are locked out, also those that were not asked for now.
    private static func lockOut(
        _ device: StoredDevice, in store: CampaignStore, at now: Instant, _ tell: (String) -> Void
    ) {
        do {
            for station in try store.devices().filter({ $0.name == device.name }).flatMap(\.stations) {
                try store.lockOut(station: station.name, at: now)
            }
        } catch {
            tell("That \(device.name) refused the passcode could not be written down: \(LoggedError.text(error))")
        }
    }

    private static func check(
        _ station: StoredStation, _ device: StoredDevice, _ client: PhoneClient
    ) async -> StationCheck {
        let words = WordMap(adding: device.states)
        let start = ContinuousClock.now
        do throws(CTIError) {
            var shown: [(line: Int, word: String)]
            var unregistered = false
            if let handset = station.handset {
                let lines = try await client.handsetLineStatus(handset)
                shown = lines.map { ($0.line, $0.state.rawValue) }
                let accounts = lines.filter { $0.account != 0 }
                unregistered = !accounts.isEmpty && !accounts.contains(where: \.registered)
            } else {
                shown = try await client.lineStatus().map { ($0.line, $0.state.rawValue) }
            }
            let latency = (ContinuousClock.now - start).wholeMilliseconds
            let busy = shown.filter { words.phase(of: $0.word) != .idle }
            let detail = busy.map { "line \($0.line) \($0.word)" }.joined(separator: ", ")
            return StationCheck(
                station: station.name, result: busy.isEmpty ? .idle : .busy,
                lines: "\(shown.count - busy.count) of \(shown.count) idle", milliseconds: latency,
                detail: (station.pausedReason.map { "paused: \($0) " } ?? "") + detail,
                advice: PhoneAdvice.advice(
                    unmapped: busy.map(\.word).filter { !words.isKnown($0) }, unregistered: unregistered,
                    milliseconds: latency, station: station.name), isGood: !unregistered)
        } catch {
            let result: Result =
                switch error.kind {
                case .authentication: .lockedOut
                case .refused: .refused
                case .timedOut: .timedOut
                case .unreachable: .unreachable
                case .shortage: .notAsked
                default: .notAPhone
                }
            return failed(station.name, result, error.description)
        }
    }
}
