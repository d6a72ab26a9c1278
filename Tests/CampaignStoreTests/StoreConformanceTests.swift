import CallingRules
import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import RetryPolicy
import Testing

@testable import CampaignStore

/// What any store behind the dialer must do, in the verbs of the trade.
@Suite("The store's promises") struct StoreConformanceTests {
    let now = Instant(milliseconds: 1_773_151_200_000)
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString).db").path
    let store: CampaignStore
    let area = Area(zones: ["America/New_York"], region: "US", jurisdiction: "US-NY")

    init() throws {
        store = try CampaignStore(path: path)
    }

    private func campaign(_ name: String = "a", _ more: String = "") throws -> (id: CampaignID, rules: EligibilityRules)
    {
        let yaml = "campaign: \(name)\nregion: US\ncalling_rules: { pack: none }\n\(more)"
        let campaign = try CampaignFile.read(yaml, file: "c.yaml")
        let id = try store.applyCampaign(campaign, yaml: yaml, file: "c.yaml", script: nil, at: now).id
        try store.setState(.started, of: name, at: now)
        return (id, EligibilityRules(campaign: campaign, pack: .none))
    }

    private func number(_ index: Int) throws -> PhoneNumber {
        try #require(PhoneNumber(digits: 12_125_550_100 + Int64(index)))
    }

    @discardableResult
    private func load(
        _ contacts: [[Int]], into id: CampaignID, priority: Int = 0, list: String = "l"
    ) throws -> ImportCounts {
        try store.importList(campaign: id, list: list, file: "l", sha256: "", options: "", at: now) { importer in
            for numbers in contacts {
                try importer.add(
                    NewContact(
                        name: "Ada", externalID: nil, priority: priority,
                        numbers: numbers.map {
                            NewContact.Number(
                                number: try number($0), fileExtension: nil, kind: .mobile, validity: .valid, area: area)
                        }, fields: ContactFields([(name: "City", value: "London")])))
            }
        }
    }

    private func reserve(_ id: CampaignID, at instant: Instant? = nil, station: String = "s") throws -> Reservation? {
        try store.reserveNextContact(
            campaign: id, station: station, openAreas: store.areas().map(\.id), at: instant ?? now)
    }

    private func intend(
        _ reservation: Reservation, _ rules: EligibilityRules, station: String = "s", at instant: Instant? = nil
    ) throws -> IntentResult {
        try store.recordIntent(
            IntentRequest(
                reservation: reservation, station: station, dialled: "1", dialWith: .sendKey, account: 0,
                linesBefore: [LineWord(line: 1, word: "idle")]), rules: rules, at: instant ?? now)
    }

    /// Reserves, intends and settles one call.
    @discardableResult
    private func call(
        _ id: CampaignID, _ rules: EligibilityRules, _ outcome: Outcome, _ disposition: DispositionClass? = nil,
        at instant: Instant? = nil
    ) throws -> RetryDecision? {
        let at = instant ?? now
        let reservation = try #require(try reserve(id, at: at))
        guard case .recorded(let attempt) = try intend(reservation, rules, at: at) else {
            Issue.record("the intent was denied")
            return nil
        }
        let ending = CallEnding(outcome: outcome, endedAt: at, ring: nil, talk: nil, evidence: Evidence())
        return try store.settleAttempt(
            attempt, ending, disposition: disposition.map { Disposition(code: "X", label: "x", dispositionClass: $0) },
            rules: rules, at: at)
    }

    private func state(_ index: Int) throws -> ContactState? {
        try store.contacts(holding: number(index), at: now).first?.state
    }

    @Test("contacts come by priority, then in load order, each once")
    func order() throws {
        let (id, _) = try campaign()
        try load([[1], [2]], into: id)
        try load([[3]], into: id, priority: 5)
        let order = try (0..<4).map { _ in try reserve(id)?.number.digits }
        #expect(order == [12_125_550_103, 12_125_550_101, 12_125_550_102, nil])
    }

    @Test(
        "priority counts over all lists of one list priority; a list of a higher one comes first, and a paused one not at all"
    )
    func orderOverLists() throws {
        let (id, _) = try campaign()
        try load([[1], [2]], into: id, list: "old")
        try load([[3]], into: id, priority: 5, list: "new")
        try load([[4]], into: id, priority: 9, list: "paused")
        try load([[5]], into: id, priority: -1, list: "first")
        try load([[6]], into: id, priority: 7, list: "new")
        try store.setList("paused", of: id, paused: true, at: now)
        try store.setList("first", of: id, priority: 1, at: now)
        let order = try (0..<6).map { _ in try reserve(id)?.number.digits }
        #expect(order == [105, 106, 103, 101, 102].map { 12_125_550_000 + $0 } + [nil])
    }

    @Test("of calls that are due in lists that rank alike, the one that is due first comes first")
    func dueOverLists() throws {
        let (id, rules) = try campaign()
        try load([[1]], into: id, list: "a")
        try load([[2]], into: id, priority: 1, list: "b")
        try call(id, rules, .busyOrRejected)
        try call(id, rules, .busyOrRejected, at: now + .seconds(60))
        let later = now + .seconds(3600)
        let order = try (0..<3).map { _ in try reserve(id, at: later)?.number.digits }
        #expect(order == [12_125_550_102, 12_125_550_101, nil])
    }

    @Test("callbacks that are due come first, then retries, then fresh contacts")
    func classes() throws {
        let (id, rules) = try campaign()
        try load([[1], [2], [3]], into: id)
        try call(id, rules, .noAnswer)
        try call(id, rules, .answered, .callbackAny)
        let later = now + .seconds(86_400)
        let order = try (0..<3).map { _ in try reserve(id, at: later)?.number.digits }
        #expect(order == [12_125_550_102, 12_125_550_101, 12_125_550_103])
    }

    @Test("a contact outside the open areas is not looked at")
    func closedAreas() throws {
        let (id, _) = try campaign()
        try load([[1]], into: id)
        #expect(try store.reserveNextContact(campaign: id, station: "s", openAreas: [], at: now) == nil)
        #expect(try store.reserveNextContact(campaign: id, station: "s", openAreas: [999], at: now) == nil)
        #expect(try reserve(id) != nil)
    }

    @Test("never two open attempts to a number, in two campaigns or at two stations")
    func oneOpenAttempt() throws {
        let (a, rulesA) = try campaign("a")
        let (b, rulesB) = try campaign("b")
        try load([[1]], into: a)
        try load([[1]], into: b)
        let first = try #require(try reserve(a))
        let second = try #require(try reserve(b, station: "t"))
        guard case .recorded = try intend(first, rulesA) else {
            Issue.record("the first intent must be recorded")
            return
        }
        guard case .denied(let verdict) = try intend(second, rulesB, station: "t") else {
            Issue.record("the second intent must be denied")
            return
        }
        #expect(verdict.reasons.map(\.code) == ["open_attempt"])
        #expect(try reserve(b, station: "t") == nil)
        #expect(try reserve(b, at: now + .seconds(30), station: "t") != nil)
    }

    @Test("the schema itself refuses a second open attempt of a number, a contact or a station")
    func schemaHolds() throws {
        let (id, rules) = try campaign()
        try load([[1], [2]], into: id)
        let first = try #require(try reserve(id))
        let second = try #require(try reserve(id))
        _ = try intend(first, rules, station: "s")
        #expect(throws: DatabaseError.self) { try intend(second, rules, station: "s") }
    }

    @Test("a do-not-call entry between reservation and intent wins, and suppresses the contact")
    func suppressionInBetween() throws {
        let (id, rules) = try campaign()
        try load([[1]], into: id)
        let reservation = try #require(try reserve(id))
        #expect(try store.suppress([number(1)], campaign: nil, source: "t", at: now).contacts == 1)
        guard case .denied = try intend(reservation, rules) else {
            Issue.record("the intent must be denied")
            return
        }
        #expect(try state(1) == .suppressed)
        #expect(try reserve(id, at: now + .seconds(9_999_999)) == nil)
    }

    @Test("an entry made during the call stops the retry in every campaign")
    func suppressionDuringCall() throws {
        let (id, rules) = try campaign()
        try load([[1]], into: id)
        let reservation = try #require(try reserve(id))
        guard case .recorded(let attempt) = try intend(reservation, rules) else { return }
        _ = try store.suppress([number(1)], campaign: nil, source: "t", at: now)
        #expect(try state(1) == .inAttempt)
        let ending = CallEnding(outcome: .noAnswer, endedAt: now, ring: nil, talk: nil, evidence: Evidence())
        try store.settleAttempt(attempt, ending, disposition: nil, rules: rules, at: now)
        #expect(try state(1) == .suppressed)
    }

    @Test("an entry of one campaign leaves the others alone, and removing it gives the former state back")
    func scopeAndRemoval() throws {
        let (a, rules) = try campaign("a")
        let (b, _) = try campaign("b")
        try load([[1]], into: a)
        try load([[1]], into: b)
        try call(a, rules, .noAnswer)
        _ = try store.suppress([number(1)], campaign: a, source: "t", at: now)
        #expect(try store.contacts(holding: number(1), at: now).map(\.state) == [.suppressed, .ready])
        #expect(try store.unsuppress(number(1), campaign: a, at: now) == 1)
        #expect(try store.contacts(holding: number(1), at: now).map(\.state) == [.waitingRetry, .ready])
    }

    @Test("with one number suppressed the contact's other number is next; with all, the contact is suppressed")
    func otherNumber() throws {
        let (id, _) = try campaign()
        try load([[1, 2]], into: id)
        _ = try store.suppress([number(1)], campaign: nil, source: "t", at: now)
        #expect(try state(1) == .ready)
        _ = try store.suppress([number(2)], campaign: nil, source: "t", at: now)
        #expect(try state(1) == .suppressed)
        _ = try store.unsuppress(number(1), campaign: nil, at: now)
        #expect(try reserve(id)?.number == number(1))
    }

    @Test("a wrong number is dead: the next one follows, and after the last the contact is done")
    func deadNumbers() throws {
        let (id, rules) = try campaign()
        try load([[1, 2]], into: id)
        try call(id, rules, .answered, .wrongNumber)
        #expect(try state(1) == .waitingRetry)
        try call(id, rules, .answered, .disconnectedNumber, at: now + .seconds(60))
        #expect(try state(1) == .done)
        #expect(try store.attemptNumbers() == [12_125_550_101, 12_125_550_102])
    }

    @Test("“do not call” suppresses every number of the contact everywhere")
    func doNotCall() throws {
        let (a, rules) = try campaign("a")
        let (b, _) = try campaign("b")
        try load([[1, 2]], into: a)
        try load([[2]], into: b)
        try call(a, rules, .answered, .doNotCall)
        #expect(try store.contacts(holding: number(2), at: now).map(\.state) == [.suppressed, .suppressed])
        var entries = 0
        try store.suppressions { _ in entries += 1 }
        #expect(entries == 2)
    }

    @Test("what dialled nothing leaves the contact as it was, another station preferred, and does not count")
    func nothingDialled() throws {
        let (id, rules) = try campaign()
        try load([[1]], into: id)
        try call(id, rules, .phoneRefused)
        #expect(try state(1) == .ready)
        #expect(try reserve(id, at: now + .seconds(59), station: "t") == nil)
        #expect(try reserve(id, at: now + .seconds(61), station: "s") == nil)
        #expect(try reserve(id, at: now + .seconds(61), station: "t") != nil)
        #expect(try store.contacts(holding: number(1), at: now).first?.facts.totalAttempts == 0)
    }

    @Test("a contact is exhausted after the policy's attempts, and is never reserved again")
    func exhausted() throws {
        let (id, rules) = try campaign()
        try load([[1]], into: id)
        for day in 0..<2 { try call(id, rules, .failedFast, at: now + .seconds(day * 86_400)) }
        #expect(try state(1) == .exhausted)
        #expect(try reserve(id, at: now + .seconds(99 * 86_400)) == nil)
    }

    @Test("reservations do not outlive the process, and their contacts are free again")
    func reservations() throws {
        let (id, _) = try campaign()
        try load([[1]], into: id)
        _ = try reserve(id)
        #expect(try state(1) == .reserved)
        #expect(try store.releaseAllReservations(at: now) == 1)
        #expect(try reserve(id) != nil)
    }

    @Test("a paused list and a paused campaign are not dialled, whatever was reserved before")
    func paused() throws {
        let (id, rules) = try campaign()
        try load([[1]], into: id)
        let reservation = try #require(try reserve(id))
        try store.setState(.paused, of: "a", at: now)
        guard case .denied(let verdict) = try intend(reservation, rules) else {
            Issue.record("a paused campaign must deny")
            return
        }
        #expect(verdict.reasons.map(\.code) == ["campaign_not_started"])
        #expect(try state(1) == .ready)
    }

    @Test("an import is all or nothing, and duplicates by any of a contact's numbers are skipped")
    func imports() throws {
        let (id, _) = try campaign()
        let counts = try load([[1, 2], [2, 3], [4]], into: id)
        #expect((counts.read, counts.imported, counts.duplicates) == (3, 2, 1))
        #expect(throws: StoreError.self) {
            try store.importList(campaign: id, list: "x", file: "x", sha256: "", options: "", at: now) { importer in
                try importer.quarantine(NewQuarantinedRow(row: 1, line: 2, raw: "", reason: "bad"))
                throw StoreError.refused("the file ended")
            }
        }
        #expect(try store.imports().map(\.state) == ["failed", "done"])
        #expect(try store.contactCounts(campaigns: [id]).total == 2)
    }

    @Test("a database of a newer version is refused in a sentence")
    func newerVersion() throws {
        try store.write { try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('v999')") }
        try store.close()
        #expect(throws: StoreError.newerVersion(path: path)) { _ = try CampaignStore(path: path) }
    }

    @Test("the journal is numbered without gaps in order, and holds no names")
    func journal() throws {
        let (id, rules) = try campaign()
        try load([[1]], into: id)
        try call(id, rules, .noAnswer)
        let entries = try store.journal()
        #expect(entries.map(\.seq) == Array(1...Int64(entries.count)))
        #expect(entries.map(\.event).contains("attempt_intended"))
        #expect(!entries.contains { ($0.detail ?? "").contains("Ada") || ($0.detail ?? "").contains("London") })
    }

    @Test("sealed passcodes come back only with their key, whose file is for its owner alone")
    func passcodes() throws {
        let device = DeviceSettings(
            name: "d", family: .gxp, address: "http://192.0.2.1", passcode: .plain("secret-4711"))
        #expect(try store.applyDevices([device], at: now).added == ["d"])
        #expect(try store.applyDevices([device], at: now).unchanged == ["d"])
        #expect(try store.passcode(of: "d", environment: [:]) == "secret-4711")
        let mode = try FileManager.default.attributesOfItem(atPath: path + ".key")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        try FileManager.default.removeItem(atPath: path + ".key")
        #expect(throws: StoreError.self) { try store.passcode(of: "d", environment: [:]) }
    }

    @Test("one engine a database: a second lock is refused until the first is gone")
    func engineLock() throws {
        var first: EngineLock? = try EngineLock(database: path)
        #expect(EngineLock.isHeld(database: path))
        #expect(throws: StoreError.engineRunning(path: path)) { _ = try EngineLock(database: path) }
        withExtendedLifetime(first) {}
        first = nil
        #expect(!EngineLock.isHeld(database: path))
    }
}

extension CampaignStore {
    fileprivate func attemptNumbers() throws -> [Int64] {
        try read { try Int64.fetchAll($0, sql: "SELECT number FROM attempts ORDER BY id") }
    }
}
