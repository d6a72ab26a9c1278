import Foundation
import Testing

@testable import PhoneSimulator

@Suite("Far ends")
struct FarEndTableTests {
    private func load(_ json: String) throws -> FarEndTable {
        let file = FileManager.default.temporaryDirectory.appending(path: "far-ends-\(UUID()).json")
        try Data(json.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try FarEndTable(contentsOf: file)
    }

    @Test("A table from a file replaces the standard one")
    func fromFile() throws {
        let table = try load(
            """
            { "by_last_two_digits": { "42": { "rings": [1, 2], "answers": { "talks": 9.5 } }, "43": { "fails": 480 },
                                      "44": { "answers": {} } },
              "others": [ { "share": 1, "far_end": { "rings_for_ever": true } } ] }
            """)
        #expect(table.byLastTwoDigits["42"] == .answers(rings: try #require(SecondsRange(1, 2)), talks: 9.5))
        #expect(table.byLastTwoDigits["43"] == .fails(code: 480))
        #expect(table.byLastTwoDigits["44"] == .answers(rings: 0, talks: nil))
        #expect(FarEndPlan(subscriber: "5551201", count: 0, seed: 1, table: table).ending == .ringsForEver)
    }

    @Test("The standard table survives being written and read")
    func roundTrip() throws {
        let json = try #require(String(data: JSONEncoder().encode(FarEndTable.standard), encoding: .utf8))
        #expect(try load(json) == .standard)
    }

    @Test(
        "A table that is not valid says where and what",
        arguments: [
            ("{", "valid"),
            (#"{"by_last_two_digits": {}, "others": []}"#, "at least one entry"),
            (
                #"{"by_last_two_digits": {"7": {"fails": 486}}, "others": [{"share": 1, "far_end": {"fails": 486}}]}"#,
                "\"7\""
            ),
            (#"{"by_last_two_digits": {"07": {"fails": 99}}, "others": []}"#, "300 to 699"),
            (#"{"by_last_two_digits": {"07": {"answers": {}, "fails": 486}}, "others": []}"#, "exactly one"),
            (
                #"{"by_last_two_digits": {"07": {"rings": [4, 3], "answers": {}}}, "others": []}"#,
                "by_last_two_digits.07"
            ),
            (#"{"by_last_two_digits": {"07": {"rings": -1, "answers": {}}}, "others": []}"#, "rising pair"),
            (#"{"by_last_two_digits": {}, "others": [{"share": 0, "far_end": {"fails": 486}}]}"#, "more than 0"),
        ])
    func malformed(json: String, hint: String) throws {
        let error = #expect(throws: FarEndTableError.self) { try load(json) }
        #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
    }

    @Test("A file that is not there says so")
    func missing() {
        let error = #expect(throws: FarEndTableError.self) {
            try FarEndTable(contentsOf: URL(filePath: "/nowhere/far-ends.json"))
        }
        #expect(error?.description.contains("/nowhere/far-ends.json") == true)
    }

    @Test("The draw depends on seed, number and how often it was called, and not on other calls")
    func determinism() {
        let numbers = (0..<40).map { "55512\($0 + 20)" }
        let forwards = SimulatedNetwork(seed: 7, table: .standard)
        let backwards = SimulatedNetwork(seed: 7, table: .standard)
        var one: [String: [FarEndPlan]] = [:]
        var other: [String: [FarEndPlan]] = [:]
        for _ in 0..<3 { for number in numbers { one[number, default: []].append(forwards.place(number)) } }
        for number in numbers.reversed() {
            for _ in 0..<3 { other[number, default: []].append(backwards.place(number)) }
        }
        #expect(one == other)
        #expect(one.values.contains { Set($0.map(\.ringSeconds)).count > 1 }, "repeated calls are drawn anew")
        let reseeded = SimulatedNetwork(seed: 8, table: .standard)
        #expect(numbers.map { one[$0]?.first } != numbers.map { reseeded.place($0) })
    }

    @Test("A subscriber is the same in national and international form")
    func forms() {
        let plan = SimulatedNetwork(seed: 3, table: .standard).place("+1 212-555-0155")
        #expect(SimulatedNetwork(seed: 3, table: .standard).place("2125550155") == plan)
        #expect(SimulatedNetwork(seed: 3, table: .standard).place("12125550155") == plan)
    }

    @Test("Numbers outside the table answer about as often as they should, within the ranges")
    func shares() {
        var answered = 0
        var endless = 0
        for number in 0..<4000 {
            let plan = FarEndPlan(subscriber: "\(2_120_000 + number)99", count: 0, seed: 1, table: .standard)
            switch plan.ending {
            case .answers(let talk):
                answered += 1
                #expect((3...10).contains(plan.ringSeconds))
                #expect((5...30).contains(talk ?? 0))
            case .ringsForEver: endless += 1
            case .fails(let code): #expect(code == 486)
            }
        }
        #expect((0.52...0.58).contains(Double(answered) / 4000))
        #expect((0.28...0.35).contains(Double(endless) / 4000))
    }

    @Test("A number of one digit is not in the table")
    func short() {
        #expect(
            SimulatedNetwork(seed: 1, table: .standard).place("1")
                != FarEndPlan(ringSeconds: 4, ending: .answers(talkSeconds: 15)))
    }
}
