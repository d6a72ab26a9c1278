import ListImport
import Testing

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
}
