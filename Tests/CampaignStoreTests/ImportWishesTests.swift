import Campaigns
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

/// What becomes of rows that say that the person wants no calls.
@Suite("Wishes of a list's people") struct ImportWishesTests {
    private let store: CampaignStore
    private let campaign: CampaignID
    private let other: CampaignID
    private let now = Instant(milliseconds: 1_773_151_200_000)

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        let opened = store
        let start = now
        let apply = { (name: String) in
            let yaml = "campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\n"
            return try opened.applyCampaign(
                CampaignFile.read(yaml, file: "c.yaml"), yaml: yaml, file: "c.yaml", script: nil, at: start
            ).id
        }
        campaign = try apply("x")
        other = try apply("y")
    }

    private func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index)))
    }

    private func contact(_ indexes: [Int], isDoNotCall: Bool = false) throws -> NewContact {
        let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")
        return NewContact(
            name: "Ada", externalID: nil, priority: 0,
            numbers: try indexes.map {
                NewContact.Number(
                    number: try number($0), fileExtension: nil, kind: .mobile, validity: .valid, area: area)
            }, isDoNotCall: isDoNotCall)
    }

    private func bringIn(
        _ rows: [ImportRow], into target: CampaignID? = nil, _ scope: ImportRequest.DoNotCallScope = .house,
        onDuplicate: ImportRequest.DuplicateAction = .skip, isDryRun: Bool = false, list: String = "l"
    ) throws -> (id: Int64, counts: ImportCounts) {
        try store.importList(
            ImportRequest(
                campaign: target ?? campaign, list: list, file: "l.csv", onDuplicate: onDuplicate, doNotCall: scope,
                isDryRun: isDryRun), at: now
        ) { importer in
            for row in rows { try importer.add(PackedRows(CollectionOfOne(row))) }
        }
    }

    private func states(_ index: Int) throws -> [ContactState] {
        try store.contacts(holding: number(index), at: now).map(\.state)
    }

    private func isSuppressed(_ index: Int, in campaign: CampaignID?) throws -> Bool {
        try store.isSuppressed(number(index), campaign: campaign, at: now)
    }

    @Test("a flagged row is a suppressed contact, and all of its numbers are on the list of the house")
    func house() throws {
        _ = try bringIn([.contact(contact([2]))], into: other)
        let (id, counts) = try bringIn([.contact(contact([1, 2], isDoNotCall: true)), .contact(contact([3]))])
        #expect(counts.imported == 2 && counts.suppressed == 1 && counts.doNotCallEntries == 2)
        #expect(try states(1) == [.suppressed] && states(3) == [.ready])
        // Another campaign's contact with one of the numbers stops as well.
        #expect(try states(2).allSatisfy { $0 == .suppressed })
        #expect(try isSuppressed(1, in: nil) && isSuppressed(2, in: other))
        #expect(try store.suppressions(of: number(1), at: now).map(\.source) == ["import \(id)"])
        #expect(try store.problems() == [])
    }

    @Test("the wish holds in the campaign alone, or for the contact alone, where that was asked for")
    func narrower() throws {
        _ = try bringIn([.contact(contact([1])), .contact(contact([2]))], into: other)
        _ = try bringIn([.contact(contact([1], isDoNotCall: true))], .campaign)
        #expect(try isSuppressed(1, in: campaign) && !isSuppressed(1, in: other))
        let (_, counts) = try bringIn([.contact(contact([2], isDoNotCall: true))], .contact, list: "m")
        #expect(try !isSuppressed(2, in: campaign))
        #expect(counts.doNotCallEntries == 1)
        let held = try store.contacts(holding: number(2), at: now)
        #expect(held.first { $0.campaign == "x" }?.state == .suppressed)
        #expect(held.first { $0.campaign == "y" }?.state == .ready)
        // A person takes it off as any entry of the campaign.
        #expect(try store.unsuppress(number(2), campaign: campaign, at: now) == 1)
        #expect(try store.contacts(holding: number(2), at: now).allSatisfy { $0.state == .ready })
    }

    @Test(
        "the flag counts also where the row is a duplicate, an update or kept aside",
        arguments: ImportRequest.DoNotCallScope.allCases, [ImportRequest.DuplicateAction.skip, .update])
    func everyRow(_ scope: ImportRequest.DoNotCallScope, _ action: ImportRequest.DuplicateAction) throws {
        _ = try bringIn([.contact(contact([1])), .contact(contact([2]))])
        let bad = NewQuarantinedRow(row: 2, line: 3, raw: "x", reason: "bad", doNotCall: [try number(2)])
        let (_, counts) = try bringIn(
            [
                .contact(contact([1], isDoNotCall: true)), .quarantined(bad), .contact(contact([3])),
                .contact(contact([3], isDoNotCall: true)),
            ], scope, onDuplicate: action, list: "m")
        #expect(counts.imported == 1)
        for index in 1...3 { #expect(try states(index) == [.suppressed], "\(index)") }
        #expect(try store.problems() == [])
    }

    @Test("a known contact that a later row flags is suppressed whole, with the numbers that the row does not have")
    func whole() throws {
        _ = try bringIn([.contact(contact([1, 2]))])
        let (id, counts) = try bringIn([.contact(contact([1], isDoNotCall: true))], list: "m")
        #expect(counts.duplicates == 1 && counts.doNotCallEntries == 2)
        #expect(try states(2) == [.suppressed] && isSuppressed(2, in: nil))
        #expect(try store.takeBackWishes(ofImport: id, at: now) == 2)
        #expect(try states(1) == [.ready])
    }

    @Test("a no never lifts an entry, and a second import of the same file changes nothing")
    func neverLifted() throws {
        _ = try bringIn([.contact(contact([1], isDoNotCall: true))])
        let (_, counts) = try bringIn([.contact(contact([1]))], onDuplicate: .update)
        #expect(counts.updated == 1)
        #expect(try states(1) == [.suppressed] && isSuppressed(1, in: nil))
        #expect(try bringIn([.contact(contact([1], isDoNotCall: true))]).counts.doNotCallEntries == 0)
    }

    @Test("a dry run and an import that is given up put nobody on the list")
    func nothing() throws {
        _ = try bringIn([.contact(contact([1], isDoNotCall: true))], isDryRun: true)
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            _ = try store.importList(ImportRequest(campaign: campaign, list: "l", file: "l"), at: now) { importer in
                try importer.add(contact([1], isDoNotCall: true))
                throw Stop()
            }
        }
        #expect(try !isSuppressed(1, in: nil))
        #expect(try store.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM import_wishes") } == 0)
    }

    /// What a program leaves behind that dies when its import was loaded whole.
    private func loadWithoutEnd() throws {
        let connection = try BulkConnection(path: store.path)
        let importer = try ListImporter(
            ImportRequest(campaign: campaign, list: "l", file: "l"), store: store, connection: connection, at: now)
        try importer.add(contact([1]))
        try importer.add(contact([1], isDoNotCall: true))
        try importer.finishLoading()
        try connection.write {
            try $0.execute(sql: "UPDATE imports SET state = 'releasing' WHERE id = ?", arguments: [importer.id])
        }
        connection.close()
    }

    @Test("an import that died while it appeared is finished with its wishes before anybody of it can be called")
    func interrupted() throws {
        try loadWithoutEnd()
        try store.finishInterruptedImports(at: now)
        #expect(try states(1) == [.suppressed] && isSuppressed(1, in: nil))
    }

    @Test("undoing an import keeps its entries, unless they are to go as well; then later is not too late")
    func undone() throws {
        _ = try store.suppress([number(3)], campaign: nil, source: "agent", at: now)
        let (id, _) = try bringIn([
            .contact(contact([1], isDoNotCall: true)), .contact(contact([3], isDoNotCall: true)),
        ])
        #expect(try store.undoImport(id, at: now).contacts == 2)
        #expect(try isSuppressed(1, in: nil))
        let later = try store.undoImport(id, withDoNotCall: true, at: now)
        #expect(later.contacts == 0 && later.doNotCall == 1)
        #expect(try !isSuppressed(1, in: nil))
        // What an agent entered is not the import's to take.
        #expect(try isSuppressed(3, in: nil))
        #expect(throws: StoreError.self) { try store.undoImport(id, at: now) }

        _ = try bringIn([.contact(contact([2]))])
        let alone = try bringIn([.contact(contact([2], isDoNotCall: true))], .contact, list: "m")
        #expect(try states(2) == [.suppressed])
        #expect(try store.undoImport(alone.id, withDoNotCall: true, at: now).doNotCall == 1)
        #expect(try states(2) == [.ready])
    }

    @Test("what another import or a person asks for as well stays when one import's entries are taken back")
    func shared() throws {
        let first = try bringIn([.contact(contact([1], isDoNotCall: true)), .contact(contact([2], isDoNotCall: true))])
        let second = try bringIn([.contact(contact([1], isDoNotCall: true))], into: other)
        #expect(try store.suppress([number(2)], campaign: nil, source: "complaint", at: now).added == 0)
        #expect(try store.undoImport(first.id, withDoNotCall: true, at: now).doNotCall == 0)
        #expect(try store.suppressions(of: number(1), at: now).map(\.source) == ["import \(second.id)"])
        #expect(try store.suppressions(of: number(2), at: now).map(\.source) == ["complaint"])
        #expect(try store.takeBackWishes(ofImport: second.id, at: now) == 1)
        #expect(try !isSuppressed(1, in: nil) && isSuppressed(2, in: nil))
        #expect(try store.problems() == [])
    }

    @Test("an entry that ended by itself is back when the import's is taken back, whichever came first")
    func ending() throws {
        let end = now + .seconds(86_400)
        _ = try store.suppress([number(1)], campaign: nil, source: "by hand", until: end, at: now)
        let (id, counts) = try bringIn([
            .contact(contact([1], isDoNotCall: true)), .contact(contact([2], isDoNotCall: true)),
        ])
        #expect(counts.doNotCallEntries == 2)
        _ = try store.suppress([number(2)], campaign: nil, source: "later", until: end, at: now)
        #expect(try store.suppressions(of: number(1), at: now).map(\.endsAt) == [nil])
        _ = try store.takeBackWishes(ofImport: id, at: now)
        for index in 1...2 { #expect(try store.suppressions(of: number(index), at: now).map(\.endsAt) == [end]) }
        #expect(try store.suppressions(of: number(2), at: now).map(\.source) == ["later"])
    }

    @Test("a contact that two imports suppress alone is free with the last of them")
    func aloneTwice() throws {
        let first = try bringIn([.contact(contact([1], isDoNotCall: true))], .contact)
        let second = try bringIn([.contact(contact([1], isDoNotCall: true))], .contact, list: "m")
        #expect(try store.takeBackWishes(ofImport: first.id, at: now) == 0)
        #expect(try states(1) == [.suppressed])
        #expect(try store.takeBackWishes(ofImport: second.id, at: now) == 1)
        #expect(try states(1) == [.ready])
    }

    @Test("a duplicate of another campaign's contact suppresses that one, where duplicates are looked for everywhere")
    func everywhere() throws {
        _ = try bringIn([.contact(contact([1]))], into: other)
        _ = try store.importList(
            ImportRequest(campaign: campaign, list: "l", file: "l", duplicates: .everywhere, doNotCall: .contact),
            at: now
        ) { try $0.add(contact([1], isDoNotCall: true)) }
        #expect(try states(1) == [.suppressed])
    }

    @Test("entries are taken back also when contacts of the import were called")
    func called() throws {
        let (id, _) = try bringIn([.contact(contact([1])), .contact(contact([2], isDoNotCall: true))])
        let reservation = try store.reserveNextContact(
            campaign: campaign, station: "desk-1", openAreas: store.areas().map(\.id), at: now)
        #expect(reservation != nil)
        #expect(throws: StoreError.self) { try store.undoImport(id, withDoNotCall: true, at: now) }
        #expect(try store.takeBackWishes(ofImport: id, at: now) == 1)
        #expect(try states(2) == [.ready])
    }
}
