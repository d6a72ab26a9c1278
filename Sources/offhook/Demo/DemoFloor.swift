import CampaignStore
import Campaigns
import Foundation
import ListImport
import PhoneNumbers
import PhoneSimulator
import Reports
import Supervision

/// What the demo dials with and whom: virtual phones, a campaign and a list, in a database of its own.
struct DemoFloor {
    /// Stations that are left to people at desk pages, where there are pages.
    static let desks = ["desk-1", "desk-2"]

    let store: CampaignStore
    let simulator: PhoneSimulator
    let phonesYAML: String
    let campaign: StoredCampaign
    let counts: ImportCounts

    /// Starts the phones and loads the list.
    ///
    /// - Parameters:
    ///   - scale: how much faster than real time calls go.
    ///   - contacts: how many people are on the list.
    ///   - wrapUp: how long an agent may say what came of a call; nil for what the demo's campaign says.
    ///   - isForPeople: whether people sit at ``desks`` and hang up there themselves.
    init(at start: Instant, scale: Double, contacts: Int, wrapUp: Duration? = nil, isForPeople: Bool) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-demo-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("demo.db").path)
        simulator = PhoneSimulator(clock: SimulatorClock(start: start.date, scale: scale), seed: 7)
        let specs = Self.specs(isForPeople: isForPeople)
        phonesYAML = PhoneSimulator.phonesYAML(for: try await simulator.start(specs))
        _ = try store.applyDevices(PhonesFile.read(phonesYAML, file: "phones.yaml", mayBeLocal: true), at: start)

        let source = try CampaignSource(DemoList.folder().path)
        var settings = source.campaign
        if let wrapUp { settings.pacing.wrapUp = wrapUp }
        _ = try store.applyCampaign(
            settings, yaml: wrapUp == nil ? source.draft.yaml : settings.yaml, file: source.path,
            script: source.draft.script,
            at: start)
        campaign = try store.campaign(named: settings.name)
        if let barred = PhoneNumber(e164: "+12125550306") {
            _ = try store.suppress([barred], campaign: nil, source: "by hand", at: start)
        }
        let list = folder.appendingPathComponent("crm-export.csv")
        try DemoList.csv(contacts: contacts).write(to: list, atomically: true, encoding: .utf8)
        let file = try ListFile(list.path)
        let plan = ImportPlan()
        let opened = try plan.open(file, for: campaign, ShareDirectory.data())
        counts = try file.load(
            opened, into: store, request: try plan.request(file, opened: opened, for: campaign), at: start,
            progress: { _ in }
        ).counts
        Console.say("\nThe list, as a CRM exported it:\n\(layout: ImportSummary.table(counts).text)\n")
        try store.setState(.started, of: campaign.campaign.name, at: start)
    }

    private static func specs(isForPeople: Bool) -> [SimulatedPhoneSpec] {
        let gxp = (1...8).map { index in
            let name = "desk-\(index)"
            var behaviour = PhoneBehaviour()
            // A person at a desk hangs up there; one who went for coffee must not talk for ever.
            behaviour.agentHangsUpAfter = isForPeople && desks.contains(name) ? 300 : 25
            return SimulatedPhoneSpec.gxp(name: name, passcode: "demo", behaviour: behaviour)
        }
        var behaviour = PhoneBehaviour()
        behaviour.agentHangsUpAfter = 25
        return gxp + [SimulatedPhoneSpec.dp(name: "base-1", handsets: 4, passcode: "demo", behaviour: behaviour)]
    }
}
