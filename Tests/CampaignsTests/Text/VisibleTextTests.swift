import Campaigns
import Foundation
import Testing

@Suite("Texts that are shown") struct VisibleTextTests {
    @Test(
        "control characters, separators and marks that turn the direction of writing are unfit; letters and joiners are not",
        arguments: [
            ("\0", true), ("\u{1B}", true), ("\u{7F}", true), ("\u{80}", true), ("\u{9B}", true), ("\u{9F}", true),
            ("\u{2028}", true), ("\u{2029}", true), ("\u{202A}", true), ("\u{202E}", true), ("\u{2066}", true),
            ("\u{2069}", true), ("\t", true), ("\n", true), (" ", false), ("é", false), ("\u{A0}", false),
            ("\u{200C}", false), ("\u{200D}", false), ("\u{5D0}", false),
        ] as [(Unicode.Scalar, Bool)])
    func unfit(scalar: Unicode.Scalar, isUnfit: Bool) {
        #expect(VisibleText.isUnfit(scalar) == isUnfit)
    }

    @Test("on one line a line end is a sign, and so is everything unfit; names keep their joiners")
    func oneLine() {
        #expect(VisibleText.onOneLine("a\r\nb\u{2028}c\u{1B}[2J\td\u{9B}e\u{202E}f") == "a ⏎ b ⏎ c�[2J�d�e�f")
        #expect(VisibleText.onOneLine("👩‍🚀 نامه\u{200C}ای") == "👩‍🚀 نامه\u{200C}ای")
    }

    @Test("in lines the line ends stay, and nothing else that is unfit")
    func lines() {
        #expect(VisibleText.inLines("a\nb\r\nc\u{9B}\n") == "a\nb�\nc�\n")
    }

    @Test("JSON says the same with escapes")
    func json() throws {
        let texts = ["a\u{7F}b\u{9B}c\u{202E}d\u{2028}e\n\"\\f\u{1B}"]
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted]
        let json = VisibleText.inJSON(String(decoding: try encoder.encode(texts), as: UTF8.self))
        #expect(!json.unicodeScalars.contains { $0 != "\n" && VisibleText.isUnfit($0) })
        #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == texts)
    }
}
