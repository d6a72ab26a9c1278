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

    @Test("is nothing else", arguments: ["", "Freedonia", "ZZ", "12345", "+", "0", "Midwest", "-1", "+-1", "800"])
    func unknown(text: String) {
        #expect(names.region(of: text) == nil)
    }
}
