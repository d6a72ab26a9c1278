import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import PhoneNumbers
import PhoneSimulator
import Testing

/// A database in a folder of its own, removed when the test is over.
final class ScratchStore {
    let folder: URL
    let store: CampaignStore

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// An address of this computer, each time another, at which nothing listens: its port is no program's, and is never given out.
    static func silentAddress() -> String {
        let parts = (0..<3).map { _ in Int.random(in: 1...254) }
        return "http://127.\(parts[0]).\(parts[1]).\(parts[2]):1/"
    }

    static let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")

    /// Applies and starts a campaign without calling hours; `settings` are further lines of its file.
    @discardableResult
    func campaign(_ name: String, _ settings: String = "", at now: Instant) throws -> CampaignID {
        let yaml = "campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\n\(settings)"
        let campaign = try CampaignFile.read(yaml, file: "\(name).yaml")
        let id = try store.applyCampaign(campaign, yaml: yaml, file: "\(name).yaml", script: nil, at: now).id
        try store.setState(.started, of: name, at: now)
        return id
    }

    /// Imports numbers, one contact each.
    @discardableResult
    func load(_ numbers: [PhoneNumber], into campaign: CampaignID, at now: Instant) throws -> ImportCounts {
        try store.importList(campaign: campaign, list: "l", file: "l.csv", sha256: "", options: "", at: now) {
            importer in
            for number in numbers {
                let entry = NewContact.Number(
                    number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: Self.area)
                try importer.add(
                    NewContact(name: nil, externalID: nil, priority: 0, numbers: [entry]))
            }
        }
    }

    /// Keeps a row that is no contact.
    func quarantine(_ raw: String, in campaign: CampaignID, at now: Instant) throws {
        _ = try store.importList(campaign: campaign, list: "l", file: "q.csv", sha256: "", options: "", at: now) {
            try $0.quarantine(NewQuarantinedRow(row: 1, line: 2, raw: raw, reason: "a test"))
        }
    }

    func attempts() throws -> [AttemptRow] {
        var rows: [AttemptRow] = []
        try store.attempts { rows.append($0) }
        return rows
    }
}

extension PhoneNumber {
    /// A number whose last two digits decide the simulated far end.
    static func test(_ index: Int, ending: Int) -> PhoneNumber {
        PhoneNumber(digits: 12_120_000_000 + Int64(2_000_000 + index * 100 + ending)) ?? .none()
    }

    private static func none() -> PhoneNumber { preconditionFailure("a test number must be one") }
}

extension DialerEngine {
    /// An engine that dials all started campaigns on a scaled clock.
    static func rig(
        _ store: CampaignStore, _ clock: DialerClock, end: EngineOptions.End = .idle, stations: [String] = []
    ) throws -> DialerEngine {
        try DialerEngine(
            store: store, clock: clock,
            options: EngineOptions(stations: stations, end: end, packs: ["none": .none]), logger: Logger(label: "test"))
    }
}
