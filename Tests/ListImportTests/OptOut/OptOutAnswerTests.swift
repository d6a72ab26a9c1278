import TestSupport
import Testing

@testable import ListImport

/// What the cells of such columns say.
@Suite struct OptOutAnswerTests {
    @Test(
        "words for yes, marks, dates and registries stop calls",
        arguments: [
            "1", "Y", "y", "yes", "YES", "TRUE", "true", "t", "x", "X", "✓", "ja", "J", "oui", "O", "sí", "si", "S",
            "sim", "tak",
            "kyllä", "vrai", "wahr", "verdadero", "DNC", "dnc", "Do Not Call", "do-not-call", "TPS", "CTPS",
            "Registered",
            "Listed", "Opted out", "2026-03-01", "2026-03-01T10:00:00Z", "01/03/2026", "1.3.2026", "3/1/26", "20260301",
            "1 Mar 2026", "Mar 1, 2026", "2026-03-01 08:15:00", "Do Not Allow", "Nicht zulassen", "'1", "\"Yes\"",
            "1.0", "=\"1\"",
        ])
    func yes(_ text: String) {
        #expect(OptOutAnswer(flag: text) == .yes, "\(text)")
    }

    @Test(
        "words for no, nothing at all and the days that databases write for nothing stop none",
        arguments: [
            "", " ", "0", "N", "n", "no", "No", "FALSE", "f", "nein", "non", "nee", "nej", "nei", "nie", "não", "ei",
            "faux",
            "0.0", "0,00", "-", "NULL", "null", "\\N", "0000-00-00", "0000-00-00 00:00:00", "Not registered",
            "Not listed",
            "Not on TPS", "Not DNC", "Allow", "Zulassen", "OK", "clear", "'0", "=\"0\"", "=0", "N/A", "USANN", "néant",
            "geen", "1900-01-01", "01/01/0001",
        ])
    func no(_ text: String) {
        #expect(OptOutAnswer(flag: text) == .no, "\(text)")
    }

    @Test(
        "what is neither counts as yes, and is told apart",
        arguments: ["maybe", "2", "?", "see notes", "ask Ada", "17"])
    func unclear(_ text: String) {
        #expect(OptOutAnswer(flag: text) == .unclear)
        #expect(OptOutAnswer(flag: text).stopsCalls)
    }

    @Test("in a column of states only the wish counts")
    func states() {
        for text in [
            "DNC", "DNCL", "DNCC", "Do not call", "Ne pas appeler", "Opted out", "DNC - customer asked",
            "Remove from list", "Gesperrt", "vip,dnc", "Do not call;VIP", "Do not call ::: * myContacts",
        ] {
            #expect(OptOutAnswer(status: text) == .yes, "\(text)")
        }
        for text in ["NEW", "SALE", "yes", "1", "Registered", "Call back", "NA", ""] {
            #expect(OptOutAnswer(status: text) == .no, "\(text)")
        }
    }

    @Test("in a column of permissions no is the wish, and an empty cell says nothing")
    func permissions() {
        #expect(OptOutAnswer(permission: "no") == .yes)
        #expect(OptOutAnswer(permission: "0") == .yes)
        #expect(OptOutAnswer(permission: "yes") == .no)
        #expect(OptOutAnswer(permission: "2026-01-01") == .no)
        #expect(OptOutAnswer(permission: "") == .no)
        #expect(OptOutAnswer(permission: "perhaps").stopsCalls)
    }

    @Test("a quick look at a note passes over none in which a full reading finds the wish")
    func quickLook() {
        var random = SeededGenerator(seed: 17)
        let words = [
            "do", "not", "call", "Do", "NOT", "CALL", "don't", "never", "no", "calls", "dnc", "DNC", "doNotCall",
            "asked",
            "to", "be", "removed", "remove", "from", "list", "stop", "calling", "spoke", "with", "wife", "he's", "out",
            "TPS", "ctps", "Bloctel", "ne", "pas", "appeler", "n'appeler", "nicht", "anrufen", "kein", "Anruf",
            "llamar",
            "não", "ligar", "får", "ej", "ringas", "nie", "dzwonić", "opt", "opted", "optout", "opt-out", "2026", "x1",
            "gesperrt", "Blacklisted", "rojo", "gold", "plan", "moved", "house", "A", "é", "`", "'", "(", ")", "_",
            "1st",
        ]
        let marks = [" ", " ", " ", ", ", "; ", ": ", "|", "\n", "-", "_", "", "'", ". "]
        var wishes = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
                    + marks[Int.random(in: 0..<marks.count, using: &random)]
            }.joined()
            let whole = OptOutAnswer(wholeStatus: text)
            if whole == .yes { wishes += 1 }
            #expect(OptOutAnswer(status: text) == whole, "\(text)")
        }
        #expect(wishes > 500, "the texts hold wishes: \(wishes)")
    }

    @Test(
        "ordinary notes are passed over without a full reading, which takes ten times as long as the rest of an import",
        arguments: [
            "spring renewal gold plan asked to be called in the morning", "spoke to wife, he's back on Monday",
            "no answer, left a message", "Do visit again. Not before 5", "prefers e-mail; moved house last year",
            "call back 2026-12-01 10:00", "VIP - loyal since 2019", "wants the offer of November", "", "-", "12345",
            "Nice chat (doctor's office)", "optional add-on sold", "stopped by the shop", "tpsomething",
        ])
    func ordinaryNotes(note: String) {
        #expect(!OptOutAnswer.statusScan.mayBeIn(note))
    }
}
