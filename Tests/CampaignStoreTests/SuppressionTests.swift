import CampaignStore
import Campaigns
import Foundation
import PhoneNumbers
import Testing

@Suite("Do-not-call sources") struct SuppressionTests {
    private let store: CampaignStore
    private let campaign: CampaignID
    private let now = Instant(milliseconds: 1_773_151_200_000)

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        let yaml = "campaign: x\nregion: US\ncalling_rules: { pack: none }\n"
        campaign = try store.applyCampaign(
            CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: now
        ).id
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        _ = try store.importList(campaign: campaign, list: "l", file: "l", sha256: "", options: "", at: now) {
            importer in
            for index in 0..<4 {
                try importer.add(
                    NewContact(
                        name: nil, externalID: nil, priority: 0,
                        numbers: [
                            NewContact.Number(
                                number: try number(index), fileExtension: nil, kind: .mobile, validity: .valid,
                                area: area)
                        ]))
            }
        }
    }

    private func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index)))
    }

    private func state(_ index: Int) throws -> ContactState? {
        try store.contacts(holding: number(index), at: now).first?.state
    }

    @Test("an entry with an end goes when its time comes, and gives the contact back")
    func ending() throws {
        _ = try store.suppress([try number(0)], campaign: nil, source: "t", until: now + .seconds(60), at: now)
        #expect(try state(0) == .suppressed)
        #expect(try store.endSuppressions(at: now + .seconds(59)) == 0)
        #expect(try store.endSuppressions(at: now + .seconds(60)) == 1)
        #expect(try state(0) == .ready)
    }

    @Test("a prefix covers every number that begins with it, and no other; taken off, it gives them back")
    func prefix() throws {
        let prefix = try #require(SuppressionSubject(prefix: "+1212555010*"))
        #expect(try store.suppress([prefix], campaign: nil, source: "t", at: now).contacts == 4)
        #expect(try state(3) == .suppressed)
        let other = try #require(PhoneNumber(digits: 12_125_550_110))
        #expect(try !store.isSuppressed(other, campaign: nil, at: now))
        #expect(try store.unsuppress(prefix, campaign: nil, at: now) == 1)
        #expect(try state(3) == .ready)
        for text in ["+1 212*", "+*", "1212*", "+0*", "+1212", "+12a*"] {
            #expect((SuppressionSubject(prefix: text) != nil) == (text == "+1 212*"), "\(text)")
        }
    }

    @Test("a file that replaces its source stops and gives back just whom it must; a failed one changes nothing")
    func replacing() throws {
        let load = { (numbers: [Int], replace: Bool, fails: Bool) in
            try store.loadSuppressions(
                source: "us", campaign: nil, replace: replace, file: "f", sha256: "", at: now
            ) { loader in
                try loader.add(numbers.map { try number($0).digits })
                if fails { throw StoreError.refused("the file ended") }
            }
        }
        #expect(try load([0, 1], false, false).added == 2)
        #expect(throws: StoreError.self) { _ = try load([3], true, true) }
        #expect(try state(0) == .suppressed)
        #expect(try state(3) == .ready)
        let second = try load([1, 2], true, false)
        #expect((second.added, second.replaced) == (2, 2))
        #expect(try [0, 1, 2, 3].map(state) == [.ready, .suppressed, .suppressed, .ready])
        #expect(try load([3, 1], false, false).known == 1)
        #expect(try state(3) == .suppressed)
        #expect(try store.suppressionSources().map(\.entries) == [3])
    }

    @Test("a file of any length is loaded whole: once each, however its pieces fall and whatever stands in it twice")
    func lengths() throws {
        for count in [1, 99, 100, 101, 250] {
            // Every third one stands twice, and the order is none.
            let digits = (0..<count).map { 12_125_560_000 + Int64(($0 * 7) % count) }
            let load = try store.loadSuppressions(
                source: "f", campaign: nil, replace: true, file: "f", sha256: "", at: now
            ) { try $0.add(digits + digits.filter { $0 % 3 == 0 }) }
            #expect(load.added == Set(digits).count, "\(count)")
            #expect(load.known == digits.count + digits.count { $0 % 3 == 0 } - load.added, "\(count)")
            for number in digits {
                #expect(try store.isSuppressed(#require(PhoneNumber(digits: number)), campaign: nil, at: now))
            }
        }
    }

    @Test("many numbers asked in one read have the answers that each has alone: sources, prefixes, scopes, ends")
    func among() throws {
        let numbers = try (0..<40).map(number)
        _ = try store.suppress(Array(numbers[0..<5]), campaign: nil, source: "a", at: now)
        _ = try store.suppress(Array(numbers[5..<9]), campaign: campaign, source: "b", at: now)
        _ = try store.suppress([numbers[9]], campaign: nil, source: "c", until: now + .seconds(60), at: now)
        _ = try store.suppress(
            [#require(SuppressionSubject(prefix: "+1212555012*"))], campaign: nil, source: "d", at: now)
        for scope in [campaign, nil] {
            for time in [now, now + .seconds(61)] {
                let alone = try numbers.filter { try store.isSuppressed($0, campaign: scope, at: time) }
                #expect(try store.suppressed(among: numbers, campaign: scope, at: time) == Set(alone))
                #expect(alone.count > 10)
            }
        }
    }
}
