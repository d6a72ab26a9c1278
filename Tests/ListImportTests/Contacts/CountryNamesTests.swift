import Testing

@testable import ListImport

@Suite("The name of a country")
struct CountryNamesTests {
    let names = CountryNames()

    @Test(
        "is a code, an English name, a common short form or a calling code",
        arguments: [
            ("US", "US"), ("us", "US"), ("USA", "US"), ("U.S.A.", "US"), ("United States", "US"),
            ("united kingdom", "GB"),
            ("UK", "GB"), ("Scotland", "GB"), ("Germany", "DE"), ("DEU", "DE"), ("France", "FR"), ("+44", "GB"),
            ("1", "US"),
            ("+1", "US"), ("49", "DE"),
        ])
    func known(text: String, region: String) {
        #expect(names.region(of: text) == region)
    }

    @Test(
        "is a name in the languages of headers, with or without accents, or a calling code after 00",
        arguments: [
            ("Deutschland", "DE"), ("Österreich", "AT"), ("Osterreich", "AT"), ("Schweiz", "CH"), ("Frankreich", "FR"),
            ("Großbritannien", "GB"), ("Vereinigtes Königreich", "GB"), ("Royaume-Uni", "GB"), ("États-Unis", "US"),
            ("España", "ES"), ("Espana", "ES"), ("Germania", "DE"), ("Niemcy", "DE"), ("Tyskland", "DE"),
            ("Nederland", "NL"), ("Saksa", "DE"), ("Brasil", "BR"), ("0049", "DE"), ("0044", "GB"),
        ])
    func otherLanguages(text: String, region: String) {
        #expect(names.region(of: text) == region)
    }

    @Test("is nothing else", arguments: ["", "Freedonia", "ZZ", "12345", "+", "0", "Midwest", "-1", "+-1", "800"])
    func unknown(text: String) {
        #expect(names.region(of: text) == nil)
    }
}
