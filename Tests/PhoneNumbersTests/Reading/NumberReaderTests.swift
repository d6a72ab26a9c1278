import PhoneNumbers
import Testing
import TestSupport

@Suite("Reading a number")
struct NumberReaderTests {
    let reader = NumberReader()

    @Test(
        "understands how people write it",
        arguments: [
            ("(415) 555-0123", "US", "+14155550123"), ("415.555.0123", "US", "+14155550123"),
            ("1 415 555 0123", "US", "+14155550123"), ("+1-415-555-0123", "GB", "+14155550123"),
            ("020 7946 0000", "GB", "+442079460000"), ("0044 20 7946 0000", "DE", "+442079460000"),
            ("011 44 20 7946 0000", "US", "+442079460000"), ("030/12345678", "DE", "+493012345678"),
            ("06 1234 5678", "IT", "+390612345678"), ("+44 (0)20 7946 0000", "US", "+442079460000"),
            ("415 555 0123", "us", "+14155550123"), ("４１５ ５５５ ０１２３", "US", "+14155550123"),
            ("415–555–0123", "US", "+14155550123"),
        ])
    func reads(text: String, region: String, expected: String) throws {
        #expect(try reader.read(text, region: region).get().number.e164 == expected)
    }

    @Test(
        "sees through the marks of spreadsheets and exports",
        arguments: [
            "  415 555 0123\t", "\u{FEFF}4155550123", "\u{202A}4155550123\u{202C}", "'4155550123", "4155550123.0",
            "14155550123.00", "tel:+14155550123", "TEL: +1 415 555 0123", "p:+14155550123",
            "\u{00A0}4155550123\u{00A0}",
        ])
    func seesThrough(text: String) throws {
        #expect(try reader.read(text, region: "US").get().number.e164 == "+14155550123")
    }

    @Test(
        "keeps an extension apart",
        arguments: [
            ("415-555-0123 x55", "55"), ("415-555-0123 ext. 55", "55"), ("(415) 555-0123 Extension 7", "7"),
            ("+1 415 555 0123;ext=1234", "1234"), ("4155550123 #55", "55"),
        ])
    func extensions(text: String, expected: String) throws {
        let reading = try reader.read(text, region: "US").get()
        #expect(reading.number.e164 == "+14155550123")
        #expect(reading.extension == expected)
    }

    @Test(
        "takes the letters of a vanity number for digits",
        arguments: [("1-800-FLOWERS", "+18003569377"), ("+1 800 goFedEx", "+18004633339")])
    func vanity(text: String, expected: String) throws {
        #expect(try reader.read(text, region: "US").get().number.e164 == expected)
    }

    @Test(
        "does not take text with a number in it for a number",
        arguments: [
            "call me maybe 4155550123 or so", "4155550123 or so", "4155550123 home", "at 415 555 0123",
            "415 555 0123 x",
            "n/a", "none", "4155550123 x4155550124",
            "*67 4155550123",
            "#31#4155550123", "4155550123#", "<script>", "?", "€4155550123", "☎ 4155550123", "not a phone", "---", "+",
            "x55",
            "415555\u{0}0123",
        ])
    func refusesText(text: String) {
        #expect(reader.read(text, region: "US") == .failure(.notANumber))
    }

    @Test(
        "does not take two numbers for one, and says that they are two",
        arguments: [
            "4155550123 / 4155550124", "4155550123; 4155550124", "4155550123 & 4155550124", "4155550123 4155550124",
            "4155550123 or 4155550124", "4155550123/24", "4155550123/4155550124", "+14155550123+14155550124",
            "4155550123|4155550124", "4155550123 ::: 4155550124", "4155550123\n4155550124",
        ])
    func refusesTwo(text: String) {
        #expect(reader.read(text, region: "US") == .failure(.severalNumbers))
    }

    @Test("does not take a very long text for a number")
    func refusesLong() {
        #expect(reader.read(String(repeating: "1", count: 300), region: "US") == .failure(.tooLong))
    }

    @Test("is over at once if the text is a book", .timeLimit(.minutes(15)))
    func book() {
        #expect(reader.read(String(repeating: "call 1 ", count: 150_000), region: "US") == .failure(.notANumber))
    }

    @Test(
        "says what is wrong with it",
        arguments: [
            ("", "US", .empty), (" \t\u{FEFF} ", "US", .empty), ("12345", "US", .tooShort),
            ("555-0123", "US", .noAreaCode), ("9374 4000", "AU", .noAreaCode), ("98765432", "BR", .noAreaCode),
            ("23456789", "IN", .noAreaCode), ("06-66307129", "US", .outsidePlan), ("212-155-0143", "US", .outsidePlan),
            ("41555501234", "US", .tooLong), ("4155550123", "XX", .unknownRegion("XX")),
            ("4155550123", "", .unknownRegion("")), ("+999 4155550123", "US", .unknownCountryCode),
            ("+49 30 1", "US", .tooShort), ("+65 6123 45678", "SG", .impossible),
        ] as [(String, String, NumberProblem)])
    func problems(text: String, region: String, expected: NumberProblem) {
        #expect(reader.read(text, region: region) == .failure(expected))
    }

    @Test(
        "refuses emergency and short numbers of the region",
        arguments: [
            ("911", "US"), ("9-1-1", "US"), ("112", "US"), ("411", "US"), ("999", "GB"), ("112", "DE"), ("110", "DE"),
            ("000", "AU"), ("116 123", "GB"), ("116117", "DE"),
        ])
    func refusesShort(text: String, region: String) {
        #expect(reader.read(text, region: region) == .failure(.shortOrEmergency))
    }

    @Test(
        "refuses premium-rate numbers, whatever follows area code 900",
        arguments: [
            ("900 555 0123", "US"), ("+1 900 055 0123", "US"), ("0906 701 1234", "GB"), ("0900 1 234567", "DE"),
        ])
    func refusesPremium(text: String, region: String) {
        #expect(reader.read(text, region: region) == .failure(.premiumRate))
    }

    @Test(
        "tells kind, validity and region",
        arguments: [
            ("+1 415 555 0123", .fixedLineOrMobile, .valid, "US"),
            ("+1 416 555 0123", .fixedLineOrMobile, .valid, "CA"),
            ("+44 20 7946 0000", .fixedLine, .valid, "GB"), ("+44 7400 123456", .mobile, .valid, "GB"),
            ("+1 800 234 5678", .tollFree, .valid, "US"), ("+44 56 1234 5678", .voip, .valid, "GB"),
            ("+44 415 555 0123", .unknown, .possible, nil), ("+1 411 555 0123", .unknown, .possible, nil),
            ("+800 1234 5678", .tollFree, .valid, nil),
        ] as [(String, NumberKind, NumberValidity, String?)])
    func tells(text: String, kind: NumberKind, validity: NumberValidity, region: String?) throws {
        let reading = try reader.read(text, region: "US").get()
        #expect(reading.kind == kind)
        #expect(reading.validity == validity)
        #expect(reading.region == region)
    }

    @Test("takes area codes that only the atlas knows for valid, but not their service codes")
    func youngAreaCodes() throws {
        let reader = NumberReader(atlas: try NumberData.atlas())
        let young = try reader.read("+1 728 555 0123", region: "GB").get()
        #expect(young.validity == .valid)
        #expect(young.region == "US")
        #expect(young.kind == .fixedLineOrMobile)
        #expect(try reader.read("+1 728 911 0123", region: "US").get().validity == .possible)
        #expect(reader.read("+1 728 055 0123", region: "US") == .failure(.outsidePlan))
        #expect(try reader.read("+1 411 555 0123", region: "US").get().validity == .possible)
        #expect(
            try reader.read("(415) 555-0123", region: "US").get() == self.reader.read("4155550123", region: "US").get())
    }

    @Test("tells again what it told of a number that is stored")
    func again() throws {
        let reading = try reader.read("020 7946 0000", region: "GB").get()
        #expect(reader.reading(of: reading.number) == reading)
        #expect(reader.reading(of: try #require(PhoneNumber(e164: "+19005550123"))) == nil)
        #expect(reader.reading(of: try #require(PhoneNumber(e164: "+9991234567"))) == nil)
        #expect(reader.reading(of: try #require(PhoneNumber(e164: "+1234567"))) == nil)
    }

    @Test("knows which regions have numbers, and the main one of a calling code")
    func regions() {
        #expect(NumberReader.isKnownRegion("US"))
        #expect(NumberReader.isKnownRegion("gb"))
        #expect(!NumberReader.isKnownRegion("ZZ"))
        #expect(!NumberReader.isKnownRegion("001"))
        #expect(!NumberReader.isKnownRegion("United States"))
        #expect(!NumberReader.isKnownRegion(""))
        #expect(NumberReader.knownRegions.count > 200)
        #expect(NumberReader.mainRegion(ofCallingCode: 1) == "US")
        #expect(NumberReader.mainRegion(ofCallingCode: 44) == "GB")
        #expect(NumberReader.mainRegion(ofCallingCode: 800) == nil)
        #expect(NumberReader.mainRegion(ofCallingCode: .max) == nil)
    }

    @Test("never fails in an unknown way, whatever the text")
    func randomTexts() {
        var random = SeededGenerator(seed: 7)
        let alphabet = Array("0123456789+()-. /#*;=,:xextXABCé٣\u{0}\u{200B}\u{1F4DE}\r\n")
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 0...24, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) })
            if case .success(let reading) = reader.read(text, region: "US") {
                #expect(PhoneNumber(e164: reading.number.e164) == reading.number)
            }
        }
    }

    @Test("may be done on many threads at once")
    func concurrent() async {
        let reader = reader
        let readings = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<100).compactMap { try? reader.read("415555\(1000 + $0)", region: "US").get().number.e164 }
                }
            }
            return await group.reduce(into: [[String]]()) { $0.append($1) }
        }
        #expect(Set(readings).count == 1)
        #expect(readings.first?.count == 100)
    }

    @Test(
        "reads digits that can be a number with its country code or without one only where one of them is in use",
        arguments: [
            ("393331234567", "IT", "+393331234567"), ("39 06 69821011", "IT", "+390669821011"),
            ("442079460958", "GB", "+442079460958"), ("33142685300", "FR", "+33142685300"),
            ("3912345678", "IT", "+393912345678"), ("14155550123", "US", "+14155550123"),
            ("49 (0)7755 91155", "DE", "+49775591155"), ("498991234567", "DE", "+498991234567"),
            ("0044 20 7946 0958", "US", "+442079460958"), ("011 49 151 91234567", "DE", "+4915191234567"),
            ("01143211234", "AR", "+541143211234"),
        ])
    func bareCode(text: String, region: String, expected: String) throws {
        #expect(try reader.read(text, region: region).get().number.e164 == expected)
    }

    @Test("refuses digits that are two numbers in use, shows both, and reads them as the column says")
    func ambiguous() throws {
        let mobile = try #require(PhoneNumber(e164: "+4915191234567"))
        let fixed = try #require(PhoneNumber(e164: "+494915191234567"))
        let text = "4915191234567"
        #expect(reader.read(text, region: "DE") == .failure(.ambiguous(fixed, mobile)))
        #expect(
            NumberProblem.ambiguous(fixed, mobile).description
                == "The digits may be +494915191234567 or +4915191234567: write + before the country code, or 0 before the area code."
        )
        #expect(try reader.read(text, region: "DE", form: .national).get().number == fixed)
        #expect(try reader.read(text, region: "DE", form: .withCountryCode).get().number == mobile)
        #expect(try reader.read("+" + text, region: "DE").get().number == mobile)
        #expect(try reader.read("0" + text, region: "DE").get().number == fixed)
    }

    @Test("reads another country's number without a plus in a column of such numbers")
    func foreignCode() throws {
        #expect(
            try reader.read("447400123456", region: "US", form: .withCountryCode).get().number.e164 == "+447400123456")
        #expect(reader.read("447400123456", region: "US") == .failure(.tooLong))
        #expect(try reader.read("4792345678", region: "US", form: .withCountryCode).get().number.e164 == "+14792345678")
    }

    @Test(
        "gives back the zero that fixed lines keep in their number",
        arguments: [
            ("108480161", "IT", "+390108480161"), ("+39 10 8480161", "IT", "+390108480161"),
            ("+39108480161", "US", "+390108480161"), ("39108480161", "IT", "+390108480161"),
            ("0039 10 8480161", "IT", "+390108480161"), ("669812345", "VA", "+390669812345"),
            ("333 333 7647", "IT", "+393333337647"),
        ])
    func lostZero(text: String, region: String, expected: String) throws {
        #expect(try reader.read(text, region: region).get().number.e164 == expected)
    }

    @Test(
        "reads what spreadsheets make of a number, if no digit is lost",
        arguments: [
            "4.155550123E9", "4,155550123E+09", "1.4155550123E10", "4,155,550,123", "4.155.550.123", "4155550123.00",
            "+14155550123.00", "4155550123,0", "4155550123,00", "4155550123.000", "4,155,550,123.00", "=\"4155550123\"",
            "=4155550123", "=T(\"4155550123\")", "'4155550123", "`4155550123",
            "=HYPERLINK(\"tel:4155550123\",\"4155550123\")", "=HYPERLINK(\"tel:4155550123\";\"call\")",
        ])
    func quantities(text: String) throws {
        #expect(try reader.read(text, region: "US").get().number.e164 == "+14155550123")
    }

    @Test(
        "refuses a rounded number as what it is", arguments: ["4.15555E+09", "4,15555E+09", "4.479E+11", "1.21256E10"])
    func rounded(text: String) {
        #expect(reader.read(text, region: "US") == .failure(.rounded))
    }

    @Test("puts an area code before a number that lacks it")
    func areaCode() throws {
        #expect(try reader.read("5550123", areaCode: "415", region: "US").get().number.e164 == "+14155550123")
        #expect(try reader.read("4155550123", areaCode: "415", region: "US").get().number.e164 == "+14155550123")
        #expect(try reader.read("23125012", areaCode: "030", region: "DE").get().number.e164 == "+493023125012")
        #expect(try reader.read("030 23125012", areaCode: "030", region: "DE").get().number.e164 == "+493023125012")
        #expect(try reader.read("+44 20 7946 0958", areaCode: "030", region: "DE").get().number.e164 == "+442079460958")
    }
}
