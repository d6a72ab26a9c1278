import Campaigns
import Eligibility
import Foundation
import GRDB
import PhoneNumbers
import Testing

@testable import CampaignStore

@Suite("Lists that are read in pieces") struct PieceTests {
    let bench: RuleBench
    let first: CampaignID
    let rules: EligibilityRules

    init() throws {
        bench = try RuleBench()
        let campaign = try bench.campaign("a", "retry: { total_attempts: 1 }\n")
        let second = try bench.campaign("b", "retry: { total_attempts: 1 }\n")
        first = campaign.id
        rules = campaign.rules
        // Their contacts alternate.
        for index in 1...3 {
            try bench.load([[index * 2]], into: campaign.id, fields: [["City", "Bath"]])
            try bench.load([[index * 2 + 1]], into: second.id)
        }
        for index in 1...6 {
            try bench.call(index % 2 == 0 ? campaign : second, .answered, .success)
            bench.now = bench.now + .seconds(60)
        }
    }

    private func contacts(_ piece: Int, during: (Int) throws -> Void = { _ in }) throws -> [String] {
        var found: [String] = []
        try bench.store.exportContacts(campaign: first, piece: piece) { contact in
            found.append(contact.numbers.map(\.text).joined())
            try during(found.count)
        }
        return found
    }

    private func attempts(_ filter: AttemptFilter, _ piece: Int, during: () throws -> Void = {}) throws -> [Int64] {
        var found: [Int64] = []
        var pieces = try bench.store.attemptPieces(filter, piece: piece)
        while let rows = try pieces.next() {
            #expect((1...piece).contains(rows.count))
            found += rows.map(\.attempt)
            try during()
        }
        return found
    }

    @Test("the pieces do not show: each row once, in one order", arguments: [1, 2, 3, 100])
    func whole(piece: Int) throws {
        #expect(try contacts(piece) == ["+12125550102", "+12125550104", "+12125550106"])
        #expect(try attempts(AttemptFilter(), piece) == [1, 2, 3, 4, 5, 6])
        var filter = AttemptFilter()
        filter.campaigns = [first]
        #expect(try attempts(filter, piece) == [2, 4, 6])
        filter.campaigns = []
        #expect(try attempts(filter, piece) == [])
    }

    @Test("contacts far apart are found, and a list of its own")
    func apart() throws {
        try bench.store.write { database in
            try database.execute(
                sql: """
                    INSERT INTO contacts (id, campaign_id, list_id, state, created_at, state_at)
                    SELECT 9000000, campaign_id, list_id, 'done', 0, 0 FROM contacts WHERE campaign_id = ? LIMIT 1
                    """, arguments: [first.value])
        }
        #expect(try contacts(2).count == 4)
        var found = 0
        try bench.store.exportContacts(campaign: first, list: "other") { _ in found += 1 }
        #expect(found == 0)
        #expect(try bench.store.mostNumbers(campaign: first) == 1)
        #expect(try bench.store.mostNumbers(campaign: first, list: "other") == 0)
    }

    @Test("attempts that come while a report is read are not in it, those that go are gone, the others stay")
    func meanwhile() throws {
        var isFirst = true
        let left = try attempts(AttemptFilter(), 2) {
            guard isFirst else { return }
            isFirst = false
            try bench.load([[30]], into: first)
            try bench.call((first, rules), .answered, .success)
            try bench.store.write { database in
                // Erasure takes attempts away whose time is over.
                try database.execute(sql: "DELETE FROM attempts WHERE id = 4")
            }
        }
        #expect(left == [1, 2, 3, 5, 6])
    }

    @Test("entries of a registry whose file is replaced meanwhile come once each, and none that stayed is missing")
    func replaced() throws {
        let store = bench.store
        let load = { (digits: [Int64]) in
            _ = try store.loadSuppressions(
                source: "registry", campaign: nil, replace: true, file: "r", sha256: "\(digits)", at: bench.now
            ) { loader in
                try loader.add(digits.map { 13_125_550_100 + $0 })
            }
        }
        try load([1, 2, 3, 4, 5])
        _ = try store.suppress([.prefix(1201)], campaign: nil, source: "t", at: bench.now)
        var found: [String] = []
        try store.suppressions(piece: 2) { entry in
            found.append("\(entry.subject)")
            if found.count == 3 { try load([1, 2, 4, 5, 6]) }
        }
        #expect(Set(found).count == found.count)
        #expect(found.first == "+1201*")
        for digit in [1, 2, 4, 5] { #expect(found.contains("+1312555010\(digit)"), "\(found)") }
        var few = 0
        try store.suppressions(limit: 3, piece: 2) { _ in few += 1 }
        #expect(few == 3)
        var ofSource = 0
        try store.suppressions(source: "registry", piece: 2) { _ in ofSource += 1 }
        #expect(ofSource == 5)
    }
}
