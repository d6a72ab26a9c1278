import Testing

@testable import Campaigns

@Suite("Scripts are read in time that grows with their length") struct CallScriptReaderTests {
    @Test(
        "each byte is looked at twice at most, whatever stands there",
        arguments: [
            String(repeating: "{{", count: 100_000), String(repeating: "{{a}}", count: 900),
            String(repeating: "{{ {{\n", count: 30_000), String(repeating: "{", count: 200_001),
            String(repeating: "{{a}} {{b\n", count: 900), String(repeating: "\n", count: 200_000) + "{{",
        ])
    func linear(text: String) {
        var reader = CallScriptReader(text, file: "s.md")
        _ = try? reader.read()
        #expect(reader.steps <= 2 * text.utf8.count)
    }

    @Test("a script of too many bytes or fields is refused with the bound")
    func bounds() {
        let message = { (text: String) -> String? in
            do throws(FileProblems) {
                _ = try CallScript(text, file: "s.md")
                return nil
            } catch {
                return error.problems.first?.message
            }
        }
        #expect(message(String(repeating: "{{a}}", count: 1000)) == nil)
        #expect(message(String(repeating: "{{a}}", count: 1001))?.contains("1000 fields") == true)
        #expect(message(String(repeating: "a", count: 256 << 10)) == nil)
        #expect(message(String(repeating: "a", count: (256 << 10) + 1))?.contains("256 KB") == true)
    }
}
