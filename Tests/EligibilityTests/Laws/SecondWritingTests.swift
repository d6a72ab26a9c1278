import Campaigns
import Foundation
import Testing

/// The packs and the engine against a second writing of the tables in Python (`Tests/Rules/laws.py`), on clocks that it reads itself.
@Suite("The law, written a second time") struct SecondWritingTests {
    /// `OFFHOOK_LAW_CASES` and `OFFHOOK_LAW_SEED` ask for more, and for others.
    static let cases = Result { try LawCase.drawn(setting("CASES") ?? 12_000, seed: setting("SEED") ?? 20_261_201) }
    static let book = Result { try LawEngine.shipped() }
    static let parts = 2

    private static func setting(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment["OFFHOOK_LAW_\(name)"].flatMap { Int($0) }
    }

    /// Every second case, from one on.
    private func share(of part: Int) throws -> [LawCase] {
        let all = try Self.cases.get()
        return stride(from: part, to: all.count, by: Self.parts).map { all[$0] }
    }

    @Test("the engine and the second writing agree on every case, on each kind of reason", arguments: 0..<parts)
    func agree(part: Int) throws {
        let engine = LawEngine(book: try Self.book.get())
        var differing: [String] = []
        for each in try share(of: part) {
            let (said, written) = (engine.answer(each), LawEngine.tables(of: each))
            if said != written { differing.append("\(each.line)\n    engine: \(said)\n    tables: \(written)") }
        }
        #expect(differing.isEmpty, "\(differing.count) differ:\n\(differing.prefix(5).joined(separator: "\n"))")
    }

    @Test("cases are of every place, and a good part of the calls may start")
    func spread() throws {
        let all = try Self.cases.get()
        let places = Set(all.map { $0.area.jurisdiction ?? "" })
        // 51 states with the District, 5 territories, 13 provinces and territories of Canada, 12 parts of France, 4 more.
        #expect(places.filter { !$0.contains("+") }.count >= 51 + 5 + 13 + 12 + 4)
        let allowed = all.count { $0.against.isEmpty }
        #expect((all.count / 5..<all.count / 2).contains(allowed), "\(allowed) of \(all.count) may start")
        for kind in ["hours", "holiday", "closed", "consent", "caps", "silence", "registries", "emergency"] {
            #expect(all.contains { $0.against == [kind] }, "no call is refused for \(kind) alone")
        }
    }
}
