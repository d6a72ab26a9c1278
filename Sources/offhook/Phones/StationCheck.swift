import CampaignStore
import Campaigns
import Dialer
import Foundation
import GrandstreamCTI

/// What one station answered when it was asked for its lines.
struct StationCheck: Sendable {
    var station: String
    var result: String
    var lines = ""
    var milliseconds: Int64?
    var detail = ""
    var isGood = false

    /// Asks every station of a device; after a refused passcode the device is not asked again.
    static func check(_ device: StoredDevice, in store: CampaignStore) async -> [StationCheck] {
        let client: PhoneClient
        do {
            let passcode = try store.passcode(of: device.name, environment: ProcessInfo.processInfo.environment)
            client = PhoneClient(try PhoneEndpoint(device, passcode: passcode))
        } catch {
            return device.stations.map { StationCheck(station: $0.name, result: "unusable", detail: "\(error)") }
        }
        var checks: [StationCheck] = []
        var refused: String?
        for station in device.stations {
            if let refused {
                checks.append(StationCheck(station: station.name, result: "locked out", detail: refused))
                continue
            }
            let check = await check(station, device, client)
            if check.result == "locked out" { refused = check.detail }
            checks.append(check)
        }
        await client.shutdown()
        return checks
    }

    private static func check(
        _ station: StoredStation, _ device: StoredDevice, _ client: PhoneClient
    ) async -> StationCheck {
        let words = WordMap(adding: device.states)
        let start = ContinuousClock.now
        do throws(CTIError) {
            var shown: [(line: Int, word: String)]
            if let handset = station.handset {
                shown = try await client.handsetLineStatus(handset).map { ($0.line, $0.state.rawValue) }
            } else {
                shown = try await client.lineStatus().map { ($0.line, $0.state.rawValue) }
            }
            let latency = (ContinuousClock.now - start).wholeMilliseconds
            let busy = shown.filter { words.phase(of: $0.word) != .idle }
            let detail = busy.map { "line \($0.line) \($0.word)" }.joined(separator: ", ")
            return StationCheck(
                station: station.name, result: busy.isEmpty ? "idle" : "busy",
                lines: "\(shown.count - busy.count) of \(shown.count) idle", milliseconds: latency,
                detail: station.pausedReason.map { "paused: \($0) " } ?? "" + detail, isGood: true)
        } catch {
            let result: String =
                switch error.kind {
                case .authentication: "locked out"
                case .refused: "refused"
                case .timedOut: "timed out"
                case .unreachable: "unreachable"
                default: "not a phone"
                }
            return StationCheck(station: station.name, result: result, detail: error.description)
        }
    }
}
