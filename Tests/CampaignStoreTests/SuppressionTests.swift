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

    @Test("an entry without an end outlasts one that ends and came before it; an end never shortens one")
    func longest() throws {
        let (soon, later) = (now + .seconds(60), now + .seconds(600))
        _ = try store.suppress([try number(0)], campaign: nil, source: "by hand", until: soon, at: now)
        #expect(try store.suppress([try number(0)], campaign: nil, source: "agent", at: now).added == 1)
        #expect(try store.suppress([try number(0)], campaign: nil, source: "by hand", until: soon, at: now).added == 0)
        #expect(try store.endSuppressions(at: later) == 0)
        #expect(try state(0) == .suppressed)
        #expect(try store.suppressionSources().map(\.entries) == [1])
        _ = try store.suppress([try number(1)], campaign: nil, source: "by hand", until: soon, at: now)
        _ = try store.suppress([try number(1)], campaign: nil, source: "by hand", until: later, at: now)
        #expect(try store.endSuppressions(at: soon) == 0)
        #expect(try store.endSuppressions(at: later) == 1)
    }

    @Test("a file of one campaign's touches and counts no other's contacts")
    func otherCampaigns() throws {
        let yaml = "campaign: y\nregion: US\ncalling_rules: { pack: none }\n"
        let other = try store.applyCampaign(
            CampaignFile.read(yaml, file: "y.yaml"), yaml: yaml, file: "y.yaml", script: nil, at: now
        ).id
        let load = try store.loadSuppressions(
            source: "own", campaign: other, replace: false, file: "f", sha256: "", at: now
        ) { loader in
            try loader.add((0..<4).map { try number($0).digits })
            loader.add(prefix: 12_125_550_10)
        }
        #expect(load.added == 5 && load.contacts == 0)
        #expect(try state(0) == .ready)
        let mine = try store.loadSuppressions(
            source: "own", campaign: campaign, replace: false, file: "f", sha256: "", at: now
        ) { try $0.add([try number(0).digits]) }
        #expect(mine.contacts == 1)
        #expect(try store.contactsStopped(by: .prefix(1_212), campaign: nil, visible: [other], at: now) == 0)
        #expect(try store.contactsStopped(by: .prefix(1_212), campaign: nil, visible: [campaign], at: now) == 4)
        #expect(try store.contactsStopped(by: .number(number(1)), campaign: other, at: now) == 0)
    }

    private func load(
        _ numbers: ClosedRange<Int64>, replace: Bool = false, renews: Bool = false, isConfirmed: Bool = false,
        at time: Instant
    ) throws -> SuppressionLoad {
        try store.loadSuppressions(
            source: "us", campaign: nil, replace: replace, renews: renews, isConfirmed: isConfirmed, file: "f",
            sha256: "", at: time
        ) { try $0.add(numbers.map { 12_130_000_000 + $0 }) }
    }

    private func age() throws -> Instant? { try store.suppressionSources().first?.currentAt }

    @Test(
        "a list of changes that holds far fewer numbers than before makes its registry no younger, unless that is meant"
    )
    func renewal() throws {
        let day = Duration.seconds(86_400)
        _ = try load(1...1000, at: now)
        let one = try load(7...7, renews: true, at: now + day)
        #expect(
            one.doubt == .renewsLittle(source: "us", numbers: 1, new: 0, before: 1000, wasRenewed: false), "\(one)")
        #expect(try age() == now)
        // A single new number is one more stop, and no renewal either.
        let new = try load(2000...2000, renews: true, at: now + day)
        #expect(new.doubt != nil && new.added == 1)
        #expect(try age() == now)
        #expect(try load(2001...2050, renews: true, at: now + day).doubt == nil)
        #expect(try age() == now + day)
        // From then on the last list of changes is what the next is held to.
        #expect(try load(2051...2055, renews: true, at: now + day * 2).doubt == nil)
        let little = try load(1...1, renews: true, at: now + day * 3)
        #expect(little.doubt == .renewsLittle(source: "us", numbers: 1, new: 0, before: 5, wasRenewed: true))
        #expect(try load(2051...2055, renews: true, at: now + day * 3).doubt == nil)
        #expect(try load(1...1, renews: true, isConfirmed: true, at: now + day * 4).doubt == nil)
        #expect(try age() == now + day * 4)
    }

    @Test(
        "a file with fewer than half the numbers of the one that it would replace replaces it only where that is meant")
    func shrinking() throws {
        _ = try load(1...100, at: now)
        #expect(throws: SuppressionDoubt.shrinks(source: "us", numbers: 49, before: 100)) {
            _ = try load(1...49, replace: true, at: now)
        }
        #expect(try store.suppressionSources().map(\.entries) == [100])
        #expect(try load(1...50, replace: true, at: now).replaced == 100)
        #expect(try load(1...3, replace: true, isConfirmed: true, at: now).replaced == 50)
        // A short list of one's own may change as it likes.
        #expect(try load(1...1, replace: true, at: now).replaced == 3)
    }

    @Test(
        "a prefix in a file that would stop more than a hundred contacts is not added unless that is meant; the numbers are"
    )
    func wideFile() throws {
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        _ = try store.importList(campaign: campaign, list: "m", file: "m", sha256: "", options: "", at: now) {
            importer in
            for index in 0..<101 {
                let number = try #require(PhoneNumber(digits: 12_145_550_100 + Int64(index)))
                let entry = NewContact.Number(
                    number: number, fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                try importer.add(NewContact(name: nil, externalID: nil, priority: 0, numbers: [entry]))
            }
        }
        let wide = { (isConfirmed: Bool) in
            try store.loadSuppressions(
                source: "us", campaign: nil, replace: false, isConfirmed: isConfirmed, file: "f", sha256: "", at: now
            ) { loader in
                loader.add(prefix: 1_214)
                try loader.add([try number(0).digits])
            }
        }
        _ = try load(1...1, at: now)
        #expect(throws: SuppressionDoubt.many(.prefix(1_214), contacts: 101, isRemoval: false)) { _ = try wide(false) }
        #expect(try state(0) == .suppressed)
        #expect(try store.suppressions(beginning: 1_214, limit: 5).isEmpty)
        #expect(try wide(true).contacts >= 101)
        // What stands there already is not asked about again.
        #expect(try wide(false).added == 0)
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
