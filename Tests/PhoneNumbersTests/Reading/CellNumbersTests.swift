import PhoneNumbers
import Testing

@Suite("Numbers in a cell")
struct CellNumbersTests {
    private func cell(_ text: String, _ region: String) -> CellNumbers {
        CellNumbers(text, region: region, reader: NumberReader())
    }

    @Test(
        "are told apart however people write several",
        arguments: [
            ("212-555-0143 / 212-555-0144", "US", ["+12125550143", "+12125550144"]),
            ("212-555-0143; 212-555-0144;", "US", ["+12125550143", "+12125550144"]),
            ("212-555-0143, 212-555-0144, 212-555-0145", "US", ["+12125550143", "+12125550144", "+12125550145"]),
            ("212.555.0143,212.555.0144", "US", ["+12125550143", "+12125550144"]),
            ("01.42.68.53.00 - 06.12.34.56.78", "FR", ["+33142685300", "+33612345678"]),
            ("(11) 96123-4567 / (11) 3123-4567", "BR", ["+5511961234567", "+551131234567"]),
            ("2125550143 2125550144", "US", ["+12125550143", "+12125550144"]),
            ("212-555-0143 / 555-0144", "US", ["+12125550143", "+12125550144"]),
            ("212-555-0158/59", "US", ["+12125550158", "+12125550159"]),
            ("212-555-0143\r\n212-555-0144", "US", ["+12125550143", "+12125550144"]),
            ("+49 30 23125012 +49 30 23125013", "DE", ["+493023125012", "+493023125013"]),
            ("030 23125012 und 030 23125013", "DE", ["+493023125012", "+493023125013"]),
            ("030 23125-12/13", "DE", ["+49302312512", "+49302312513"]),
            ("030 23125-12/-13", "DE", ["+49302312512", "+49302312513"]),
            ("030/23125-15, -16, -17", "DE", ["+49302312515", "+49302312516", "+49302312517"]),
            ("030-23125-12 bis 15", "DE", ["+49302312512", "+49302312513", "+49302312514", "+49302312515"]),
            ("089/123-45 u. 46", "DE", ["+498912345", "+498912346"]),
            ("030 23125012 / 23125013", "DE", ["+493023125012", "+493023125013"]),
            ("010 848016/17", "IT", ["+39010848016", "+39010848017"]),
            ("06 69 82 10 / 11", "IT", ["+3906698210", "+3906698211"]),
            ("01 42 68 53 00 ou 01 42 68 53 01", "FR", ["+33142685300", "+33142685301"]),
            ("01 42 68 53 00/01 42 68 53 01", "FR", ["+33142685300", "+33142685301"]),
            ("912 345 678 y 912 345 679", "ES", ["+34912345678", "+34912345679"]),
            ("020 794 6095 of 020 794 6096", "NL", ["+31207946095", "+31207946096"]),
            ("22 628 12 34 lub 22 628 12 35", "PL", ["+48226281234", "+48226281235"]),
            ("08-123 456 78 eller 08-123 456 79", "SE", ["+46812345678", "+46812345679"]),
            ("212-555-0143 ::: 212-555-0144", "US", ["+12125550143", "+12125550144"]),
            ("212-555-0143 | 212-555-0143", "US", ["+12125550143"]),
        ])
    func several(text: String, region: String, expected: [String]) {
        let cell = cell(text, region)
        #expect(cell.numbers.map(\.number.e164) == expected)
        #expect(cell.problem == nil)
    }

    @Test(
        "are kept aside where nobody can tell them apart",
        arguments: [
            ("01 51234 / 56", "AT"), ("030 23125012/1", "DE"), ("212-555-0143/9999", "GB"), ("2125550143; 12", "US"),
            ("030 23125/12", "DE"), ("030 23125 DW 12", "DE"), ("030 23125 Durchwahl 123", "DE"),
        ])
    func unclear(text: String, region: String) {
        let cell = cell(text, region)
        #expect(cell.numbers.isEmpty)
        #expect(cell.problem != nil)
    }

    @Test(
        "stay one number with an extension or a bar behind the area code",
        arguments: [
            ("030/23125012", "DE", "+493023125012", nil), ("030/23125-0", "DE", "+4930231250", nil),
            ("212-555-0143, ext. 55", "US", "+12125550143", "55"), ("212-555-0143 x55", "US", "+12125550143", "55"),
            ("+1 212 555 0143;ext=55", "US", "+12125550143", "55"), ("2125550143,55", "US", "+12125550143", "55"),
            ("0475/12.34.56", "BE", "+32475123456", nil), ("1-800-FLOWERS", "US", "+18003569377", nil),
        ] as [(String, String, String, String?)])
    func one(text: String, region: String, expected: String, extension: String?) {
        let cell = cell(text, region)
        #expect(cell.numbers.map(\.number.e164) == [expected])
        #expect(cell.numbers.first?.extension == `extension`)
    }

    @Test(
        "may have words beside them",
        arguments: [
            ("Home: 212-555-0151 Work: 212-555-0152", ["+12125550151", "+12125550152"]),
            ("call 212-555-0162 after 5", ["+12125550162"]), ("2125550164 (cell)", ["+12125550164"]),
            ("Ned 2125550165", ["+12125550165"]), ("☎ 212-555-0166", ["+12125550166"]),
            ("[{\"label\": \"work\", \"value\": \"2125550153\"}]", ["+12125550153"]),
            ("{'mobile': '2125550153', 'home': 2125550154}", ["+12125550154", "+12125550153"]),
            ("tel:+1-212-555-0163", ["+12125550163"]), ("Phone 2: 212-555-0163", ["+12125550163"]),
        ])
    func labels(text: String, expected: [String]) {
        let cell = cell(text, "US")
        #expect(cell.numbers.map(\.number.e164) == expected)
        #expect(cell.problem == nil)
    }

    @Test(
        "that a fax answers are not dialed, in every language",
        arguments: [
            ("Fax: 030 23125013", [], ["+493023125013"]), ("030 23125013 (Telefax)", [], ["+493023125013"]),
            ("Tel. 030 23125012, Fax 030 23125013", ["+493023125012"], ["+493023125013"]),
            ("030 23125012 tel / 030 23125013 faks", ["+493023125012"], ["+493023125013"]),
            ("030 23125012 Télécopie 030 23125013", ["+493023125012"], ["+493023125013"]),
            ("030 23125012 (fax), 030 23125013", ["+493023125013"], ["+493023125012"]),
        ])
    func fax(text: String, dialed: [String], faxes: [String]) {
        let cell = cell(text, "DE")
        #expect(cell.numbers.map(\.number.e164) == dialed)
        #expect(cell.faxes.map(\.number.e164) == faxes)
    }

    @Test(
        "that the words call wrong, old or not to be called are kept aside",
        arguments: ["do not call 2125550143", "old: 2125550143", "2125550143 wrong number", "falsch 2125550143"])
    func refused(text: String) {
        let cell = cell(text, "US")
        #expect(cell.numbers.isEmpty)
        #expect(cell.refused.map(\.number.e164) == ["+12125550143"])
        #expect(cell.problem == .notToBeCalled)
    }

    @Test(
        "are not looked for in signs and notes",
        arguments: ["*67 2125550143", "€2125550143", "a@b.com 2125550143", "n/a", "-"])
    func none(text: String) {
        #expect(cell(text, "US").numbers.isEmpty)
    }
}
