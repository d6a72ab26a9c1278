import Foundation
import PhoneNumbers
import Testing

@Suite("A phone number")
struct PhoneNumberTests {
    @Test(
        "is read from a plus and 7 to 15 digits",
        arguments: [
            ("+14155550123", 14_155_550_123), ("+1234567", 1_234_567), ("+999999999999999", 999_999_999_999_999),
        ] as [(String, Int64)])
    func reads(text: String, digits: Int64) throws {
        let number = try #require(PhoneNumber(e164: text))
        #expect(number.digits == digits)
        #expect(number.e164 == text)
        #expect(number.description == text)
        #expect(PhoneNumber(digits: digits) == number)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "+", "14155550123", "+123456", "+1234567890123456", "+99999999999999999999999", "+0123456789",
            "+1 4155550123",
            "+1415555O123", "++14155550123", "+١٤١٥٥٥٥٠١٢٣",
        ])
    func refuses(text: String) {
        #expect(PhoneNumber(e164: text) == nil)
    }

    @Test(
        "has 7 to 15 digits and no sign",
        arguments: [0, -14_155_550_123, 999_999, 1_000_000_000_000_000, .max, .min] as [Int64])
    func refusesDigits(digits: Int64) {
        #expect(PhoneNumber(digits: digits) == nil)
    }

    @Test(
        "shows its last digits, as many as it has",
        arguments: [(7, "5550123"), (0, ""), (-1, ""), (99, "14155550123")])
    func lastDigits(count: Int, expected: String) throws {
        #expect(try #require(PhoneNumber(e164: "+14155550123")).lastDigits(count) == expected)
    }

    @Test("sorts by its digits")
    func sorts() throws {
        let short = try #require(PhoneNumber(digits: 1_234_567))
        let long = try #require(PhoneNumber(digits: 14_155_550_123))
        #expect(short < long)
        #expect(!(long < short))
    }

    @Test("is one string in JSON, and comes back from it")
    func codes() throws {
        let number = try #require(PhoneNumber(e164: "+442079460000"))
        let json = try JSONEncoder().encode([number])
        #expect(String(decoding: json, as: UTF8.self) == #"["+442079460000"]"#)
        #expect(try JSONDecoder().decode([PhoneNumber].self, from: json) == [number])
    }

    @Test("is refused in JSON with a sentence that shows the text")
    func refusesJSON() throws {
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([PhoneNumber].self, from: Data(#"["4155550123"]"#.utf8))
        }
        #expect(String(describing: try #require(error)).contains("“4155550123” is not an E.164 number"))
    }

    @Test("no number of the United States or Canada tells whether it is a mobile: both counts rely on it")
    func northAmericanKinds() throws {
        // Every area code with two exchanges: what is no number of the plan has no kind.
        for area in 201...989 {
            for exchange in [250, 987] {
                let number = try #require(PhoneNumber(digits: Int64("1\(area)\(exchange)0143") ?? 0))
                guard let kind = NumberReader.kind(of: number), kind == .mobile || kind == .fixedLine else { continue }
                let region = NumberReader().reading(of: number)?.region
                #expect(region != "US" && region != "CA", "\(number) of \(region ?? "nowhere") is \(kind)")
            }
        }
    }
}
