import Testing

@testable import Campaigns

@Suite("Files are bounded in what they hold") struct FileBoundsTests {
    private static let head = "campaign: c\nregion: US\n"

    private func problems(_ text: String) -> [String] {
        do {
            _ = try CampaignFile.read(text, file: "c.yaml")
            return []
        } catch {
            return error.problems.map(\.message)
        }
    }

    @Test("aliases of aliases, as keys or values, are not even read")
    func aliases() {
        // Each level stands nine times for the one before: ten of them are three thousand million values.
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...10 {
            let alias = "*a\(level - 1)"
            bomb += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ", "))]\n"
        }
        for text in [Self.head + bomb, Self.head + bomb + "? *a10\n: x\n"] {
            #expect(problems(text).count == 1)
            #expect(problems(text).first?.contains("at most 20") == true)
        }
        #expect(problems(Self.head + "stations: [\"desk-*\", \"*\", 'a *b']\nnumbers: &n valid\n").isEmpty)
        #expect(FileBounds.aliases(in: "a: *b\n- *c\n[*d,*e]\nx*y: 2 * 3 **") == 4)
    }

    @Test("what is nested too deep, too long or too much is refused with its bound")
    func bounds() {
        let deep = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        #expect(problems(Self.head + "stations: \(deep)\n").first?.contains("32 lists") == true)
        let many = Array(repeating: "a", count: 50_001).joined(separator: ",")
        #expect(problems(Self.head + "stations: [\(many)]\n").first?.contains("50000 values") == true)
        let long = String(repeating: "#", count: 1 << 20)
        #expect(problems(Self.head + long).first?.contains("1 MB") == true)
    }

    @Test("of many mistakes the first hundred are told, and that there are more")
    func mistakes() {
        let keys = (0..<5000).map { "wrong\($0): 1\n" }.joined()
        let found = problems(Self.head + keys)
        #expect(found.count == 101)
        #expect(found.contains("there are more mistakes; correct these first"))
    }

    @Test("for a page of text no near word is looked for")
    func nearest() {
        #expect(NearestName.of("widows", among: ["windows"]) == "windows")
        #expect(NearestName.of(String(repeating: "windows", count: 20_000), among: ["windows"]) == nil)
    }
}
