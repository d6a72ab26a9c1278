import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator

/// A campaign without an end through many phones, and every promise checked when time is up.
public struct SoakRun: Sendable {
    /// What came of it.
    public struct Result: Sendable {
        /// Attempts by outcome.
        public var outcomes: [String: Int] = [:]
        /// Calls that the phones placed.
        public var calls = 0
        /// Promises that were broken, as sentences.
        public var problems: [String] = []
    }

    private let store: CampaignStore
    private let clock: DialerClock
    private let stations: Int

    /// Loads phones and contacts: enough that no station is ever without work.
    ///
    /// - Parameters:
    ///   - folder: where the database is made.
    ///   - stations: how many stations phones.yaml has.
    ///   - duration: how long the campaign will run, on its clock.
    public init(folder: URL, yaml: String, stations: Int, duration: Duration, clock: DialerClock) throws {
        self.clock = clock
        self.stations = stations
        store = try CampaignStore(path: folder.appendingPathComponent("soak.db").path)
        let now = clock.wallTime()
        _ = try store.applyDevices(PhonesFile.read(yaml, file: "phones.yaml", mayBeLocal: true), at: now)
        let campaign = "campaign: soak\nregion: US\ncalling_rules: { pack: none }\npacing: { wrap_up: 2s }\n"
        let id = try store.applyCampaign(
            CampaignFile.read(campaign, file: "soak.yaml"), yaml: campaign, file: "soak.yaml", script: nil, at: now
        ).id
        try store.setState(.started, of: "soak", at: now)
        // A call takes 5 s at the least, from dial to dial.
        let contacts = stations * Int(duration.inSeconds / 5 + 2)
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        _ = try store.importList(campaign: id, list: "l", file: "l.csv", sha256: "", options: "", at: now) { importer in
            for index in 0..<contacts {
                guard let number = PhoneNumber(digits: 12_122_000_000 + Int64(index)) else { continue }
                let entry = NewContact.Number(
                    number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                try importer.add(
                    NewContact(name: nil, externalID: nil, priority: 0, numbers: [entry]))
            }
        }
    }

    /// Dials for a time on the campaign's clock, then lets the running calls end.
    public func run(for duration: Duration) async throws {
        var logger = Logger(label: "soak")
        logger.logLevel = .critical
        let engine = try DialerEngine(
            store: store, clock: clock, options: EngineOptions(packs: ["none": .none]), logger: logger)
        let end = clock.now() + duration
        let run = Task { try await engine.run() }
        try await clock.sleep(until: end)
        await engine.stop()
        _ = try await run.value
    }

    /// Holds the database against the phones' truth log, and against itself.
    public func result(truth: [TruthEntry]) throws -> Result {
        var attempts: [AttemptRow] = []
        try store.attempts { attempts.append($0) }
        var result = Result()
        for attempt in attempts { result.outcomes[attempt.outcome ?? "none", default: 0] += 1 }
        result.calls = truth.count { $0.event == .callStarted && $0.direction == "outgoing" }
        result.problems = TruthComparison(attempts: attempts, truth: truth).problems
        result.problems += try store.problems()
        result.problems += try store.replayJournal().differences
        result.problems += try stuck(attempts)
        return result
    }

    /// A station that neither began nor ended a call in the last third of the run, though there was always work, is stuck.
    private func stuck(_ attempts: [AttemptRow]) throws -> [String] {
        guard let first = attempts.first?.intendedAt, let last = attempts.last?.intendedAt else {
            return ["no call was placed"]
        }
        let since = first + .milliseconds(last.since(first).wholeMilliseconds * 2 / 3)
        let busy = Set(attempts.filter { max($0.intendedAt, $0.settledAt ?? $0.intendedAt) >= since }.map(\.station))
        let idle = try store.devices().flatMap(\.stations).map(\.name).filter { !busy.contains($0) }
        return idle.isEmpty ? [] : ["\(idle.count) of \(stations) stations are stuck: \(idle.joined(separator: ", "))"]
    }
}
