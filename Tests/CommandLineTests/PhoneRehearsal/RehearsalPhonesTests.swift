import Campaigns
import Dialer
import PhoneNumbers
import Testing

@testable import CampaignStore
@testable import PhoneSimulator
@testable import offhook

@Suite("The virtual phones of a rehearsal") struct RehearsalPhonesTests {
    private func campaign(stations: [String] = []) -> Campaign {
        var campaign = Campaign(name: "c", region: "US")
        campaign.stations = stations
        return campaign
    }

    private let configured = [
        StoredDevice(
            name: "desk-1", family: .gxp, address: "http://192.0.2.1", certificate: .pinned("ab"), dialWith: .makeCall,
            account: 3, trunk: "office", dial: DialPlanOverride(region: "FR", prefix: "0"), states: ["busy": .calling],
            stations: [StoredStation(name: "desk-1", handset: nil, pausedReason: "Lunch")]),
        StoredDevice(
            name: "base-1", family: .dp, address: "https://192.0.2.2", certificate: .system, dialWith: .makeCall,
            account: 0, trunk: nil, dial: DialPlanOverride(), states: [:],
            stations: [2, 5].map { (handset: Int) in StoredStation(name: "base-1/\(handset)", handset: handset) }),
    ]

    @Test("each real phone has a virtual one of its name, family, trunk and dial plan, at no address of the real ones")
    func mirrored() throws {
        let phones = try RehearsalPhones(configured: configured, serving: campaign(), wanted: nil)
        #expect(phones.stations == ["desk-1", "base-1/2", "base-1/5"])
        let specs = phones.specs(passcode: "p")
        #expect(specs.map(\.name) == ["desk-1", "base-1"])
        #expect(specs.map(\.handsets) == [0, 5])
        let running = specs.enumerated().map { index, spec in
            RunningPhone(
                name: spec.name, family: spec.family, address: "http://127.0.0.1:4000\(index)", passcode: "p", lines: 3,
                handsets: [])
        }
        let settings = phones.settings(running: running)
        #expect(settings.map(\.address) == ["http://127.0.0.1:40000", "http://127.0.0.1:40001"])
        #expect(settings[0].trunk == "office" && settings[0].dialWith == .makeCall)
        #expect(settings[0].dial == DialPlanOverride(region: "FR", prefix: "0"))
        // What is of the real phone alone would keep the virtual one from dialing.
        #expect(settings[0].account == 0 && settings[0].states.isEmpty && settings[0].certificate == .system)
        #expect(settings.allSatisfy { $0.passcode == .environment("OFFHOOK_REHEARSAL_PASSCODE") && $0.mayBeLocal })
    }

    @Test("fewer stations are the first of them, more have names of their own, and none configured are four")
    func counted() throws {
        let stations = { (wanted: Int?, configured: [StoredDevice]) in
            try RehearsalPhones(configured: configured, serving: campaign(), wanted: wanted).stations
        }
        #expect(try stations(2, configured) == ["desk-1", "base-1/2"])
        #expect(
            try stations(5, configured) == ["desk-1", "base-1/2", "base-1/5", "rehearsal-1", "rehearsal-2"])
        #expect(try stations(nil, []) == (1...4).map { "rehearsal-\($0)" })
        #expect(try stations(500, []).count == 500)
    }

    @Test("only stations that serve the campaign count, and further ones fit its patterns")
    func patterns() throws {
        let desks = campaign(stations: ["desk-*"])
        #expect(try RehearsalPhones(configured: configured, serving: desks, wanted: nil).stations == ["desk-1"])
        let more = try RehearsalPhones(configured: configured, serving: desks, wanted: 3).stations
        #expect(more == ["desk-1", "desk-rehearsal-1", "desk-rehearsal-2"])
        #expect(more.allSatisfy { StationHolds.serves(desks, $0) })
    }

    @Test("a campaign that names its stations takes no more than these, and one that nobody serves is refused")
    func refused() throws {
        let named = campaign(stations: ["desk-1"])
        let more = #expect(throws: CommandFailure.self) {
            try RehearsalPhones(configured: configured, serving: named, wanted: 2)
        }
        #expect(more?.description.contains("1 of them are configured; write 1 at most") == true)
        let none = #expect(throws: CommandFailure.self) {
            try RehearsalPhones(configured: configured, serving: campaign(stations: ["shop-*"]), wanted: nil)
        }
        #expect(none?.description.contains("No station serves the campaign “c”") == true)
    }
}
