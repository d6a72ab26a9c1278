import Foundation
import TestSupport
import Testing

@testable import PhoneNumbers

@Suite("Plain numbers")
struct PlainNumberTests {
    /// How many texts are compared; `OFFHOOK_NUMBERS` sets another count for a long form.
    private static let count = ProcessInfo.processInfo.environment["OFFHOOK_NUMBERS"].flatMap { Int($0) } ?? 12_000

    private let reader = NumberReader()

    /// A text that could be a number of the region: half of them with a beginning that its numbers have.
    private func text(in region: String, _ random: inout SeededGenerator) -> String {
        let code = LibPhoneNumber.callingCode(of: region) ?? 1
        var digits = (0..<Int.random(in: 7...12, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
        if code == 1, Bool.random(using: &random) {
            digits = [2, 0, Int.random(in: 1...9, using: &random)]
            digits += (0..<7).map { _ in Int.random(in: 0...9, using: &random) }
        }
        let body = digits.map(String.init).joined()
        let start = ["", "0", "+\(code)", "+\(code) (0)", "\(code)", "1", "00\(code)", "+"].randomElement(
            using: &random)
        guard body.count > 6, let start else { return body }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return "\(start) \(body.prefix(3)) \(body.dropFirst(3))"
        case 1: return "\(start)(\(body.prefix(3))) \(body.dropFirst(3).prefix(3))-\(body.dropFirst(6))"
        case 2: return "\(start).\(body.prefix(2)).\(body.dropFirst(2))"
        default: return start + body
        }
    }

    @Test("are read exactly as the library reads them, in every region that it knows")
    func sameAsLibrary() {
        var random = SeededGenerator(seed: 7)
        let regions = NumberReader.knownRegions
        var plain = 0
        for index in 0..<Self.count {
            // The regions of North America share one code, and with it the hardest questions.
            let region = index % 3 == 0 ? ["US", "CA", "JM", "BS"][index / 3 % 4] : regions[index % regions.count]
            var text = text(in: region, &random)
            let form = [DigitsForm.unknown, .national, .withCountryCode][index / 7 % 3]
            guard let read = text.withUTF8({ PlainNumber.read($0, region: region, form: form) }) else { continue }
            plain += 1
            // What is not in use is read again, with all that it may be beside.
            if read.isValid {
                switch reader.readByLibrary(text, region: region, form: form) {
                case .failure(let problem): #expect(problem == .premiumRate, "\(text) in \(region), \(form)")
                case .success(let slow):
                    #expect(read.number == slow.number, "\(text) in \(region), \(form)")
                    #expect(read.region == slow.region, "\(text) in \(region), \(form)")
                    #expect(read.kind == slow.kind, "\(text) in \(region), \(form)")
                    #expect(slow.validity == .valid && slow.extension == nil, "\(text) in \(region), \(form)")
                }
            }
            // Digits that begin with the region's own code are read better than the library reads them.
            let code = LibPhoneNumber.callingCode(of: region) ?? 0
            if !text.hasPrefix("+"), text.filter(\.isNumber).hasPrefix("\(code)") { continue }
            switch LibPhoneNumber.parse(text, region: region) {
            // The library takes a local number for possible where special numbers have its length; what is not in use is read again.
            case .failure(.noAreaCode) where !read.isValid: break
            case .failure(let problem): Issue.record("\(text) in \(region): read, but the library says \(problem)")
            case .success(let parsed):
                #expect(read.number == parsed.number, "\(text) in \(region)")
                #expect(read.region == parsed.region, "\(text) in \(region)")
                #expect(read.kind == parsed.kind, "\(text) in \(region)")
                #expect(read.isValid == parsed.isValid, "\(text) in \(region)")
                #expect(parsed.extension == nil, "\(text) in \(region)")
            }
        }
        #expect(plain > Self.count / 10)
    }

    @Test(
        "of the large countries are read without the library",
        arguments: [
            ("(415) 555-0123", "US"), ("+14155550123", "US"), ("1 415 555 0123", "CA"), ("020 7946 0000", "GB"),
            ("030 12345678", "DE"), ("01 42 68 53 00", "FR"), ("(02) 9374 4000", "AU"), ("912 345 678", "ES"),
            ("+49 30 12345678", "US"), ("06 1234 5678", "IT"),
        ])
    func withoutLibrary(text: String, region: String) throws {
        var text = text
        let read = try #require(text.withUTF8 { PlainNumber.read($0, region: region) })
        #expect(read.number == (try LibPhoneNumber.parse(text, region: region).get().number))
        #expect(read.isValid)
    }

    @Test(
        "are left to the library where more than digits and punctuation stands, or too few digits",
        arguments: [
            "911", "555-0123", "4155550123 x55", "1-800-FLOWERS", "4155550123.0", "tel:+14155550123", "+1+4155550123",
            "415/5550123", "", "+",
        ])
    func left(text: String) {
        var text = text
        #expect(text.withUTF8 { PlainNumber.read($0, region: "US") } == nil)
    }
}

@Suite("Digit patterns")
struct DigitPatternTests {
    private func matches(_ pattern: DigitPattern, _ digits: String) -> Bool {
        digits.utf8.map { $0 - 0x30 }.withUnsafeBufferPointer { pattern.matches($0) }
    }

    @Test("agree with Foundation's regular expressions on the patterns that plans are made of")
    func agree() throws {
        var random = SeededGenerator(seed: 3)
        for expression in [
            #"[2-9]\d{9}|3\d{6}"#, #"(?:2(?:04|[23]6)|9\d)[2-9]\d{2,4}"#, #"0\d{5,10}|1\d?"#, #"8\d{5}(?:\d{2,4})?"#,
            #"49(?:[34]0|69|8\d)\d\d?"#,
        ] {
            let pattern = try #require(DigitPattern(expression))
            let reference = try NSRegularExpression(pattern: "^(?:\(expression))$")
            for _ in 0..<2000 {
                let length = Int.random(in: 1...11, using: &random)
                let first = ["", "2", "49", "8", "236", "3"].randomElement(using: &random) ?? ""
                let digits = first + (0..<length).map { _ in "\(Int.random(in: 0...9, using: &random))" }.joined()
                let range = NSRange(location: 0, length: digits.utf16.count)
                #expect(
                    matches(pattern, digits) == (reference.firstMatch(in: digits, range: range) != nil),
                    "\(expression) on \(digits)")
            }
        }
    }

    @Test(
        "refuse what is no expression over digits", arguments: ["a", "[2-", "(?:1", "1{3", "1$", "1*", "[9-1]", "~1"])
    func refused(expression: String) {
        #expect(DigitPattern(expression) == nil)
    }
}
