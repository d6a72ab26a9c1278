import Foundation
import PhoneNumbers
import Testing

@Suite("A dial plan")
struct DialPlanTests {
    static let fromUS = DialPlan(region: "US")

    func dial(_ e164: String, _ plan: DialPlan, _ method: DialMethod = .sendKey) throws -> String {
        try plan.dialString(for: try #require(PhoneNumber(e164: e164)), method: method).get()
    }

    @Test("dials the national form by keys and E.164 by make_call if no format is set")
    func defaults() throws {
        #expect(try dial("+14155550123", Self.fromUS) == "4155550123")
        #expect(try dial("+14155550123", Self.fromUS, .makeCall) == "+14155550123")
    }

    @Test(
        "writes the national form with its trunk prefix",
        arguments: [
            ("+442079460000", "GB", "02079460000"), ("+493012345678", "DE", "03012345678"),
            ("+14155550123", "US", "4155550123"), ("+390612345678", "IT", "0612345678"),
            ("+74951234567", "RU", "84951234567"), ("+5511961234567", "BR", "11961234567"),
            ("+14155550123", "us", "4155550123"),
        ])
    func national(e164: String, region: String, expected: String) throws {
        #expect(try dial(e164, DialPlan(format: .national, region: region)) == expected)
    }

    @Test(
        "writes the national form for every region that shares the country code, known to the library or not",
        arguments: [
            ("+14165550123", "US", "4165550123"), ("+18765550123", "US", "8765550123"),
            ("+17285550123", "US", "7285550123"),
            ("+441534123456", "GB", "01534123456"),
        ])
    func sharedCountryCode(e164: String, region: String, expected: String) throws {
        #expect(try dial(e164, DialPlan(format: .national, region: region)) == expected)
    }

    @Test(
        "goes abroad by the region's international prefix",
        arguments: [
            ("+442079460000", "US", "011442079460000"), ("+14155550123", "GB", "0014155550123"),
            ("+493012345678", "GB", "00493012345678"), ("+14155550123", "JP", "01014155550123"),
            ("+442079460000", "AU", "0011442079460000"), ("+442079460000", "RU", "810442079460000"),
        ])
    func abroad(e164: String, region: String, expected: String) throws {
        #expect(try dial(e164, DialPlan(format: .national, region: region)) == expected)
        #expect(try dial(e164, DialPlan(format: .international, region: region)) == expected)
    }

    @Test("writes everything internationally if told so")
    func international() throws {
        #expect(try dial("+442079460000", DialPlan(format: .international, region: "GB")) == "00442079460000")
        #expect(
            try dial("+442079460000", DialPlan(format: .international, region: "GB"), .makeCall) == "00442079460000")
    }

    @Test("puts digits in the place of a plus that cannot be sent")
    func plus() throws {
        #expect(try dial("+14155550123", DialPlan(format: .e164, region: "US")) == "14155550123")
        #expect(try dial("+14155550123", DialPlan(format: .e164, region: "US", plus: "00")) == "0014155550123")
        #expect(
            try dial("+14155550123", DialPlan(format: .e164, region: "US", plus: "00"), .makeCall) == "+14155550123")
        let behindPrefix = DialPlan(format: .e164, region: "US", prefix: "9", plus: "00")
        #expect(try dial("+14155550123", behindPrefix, .makeCall) == "90014155550123")
    }

    @Test("puts the outside-line prefix in front of every form", arguments: DialPlan.Format.allCases)
    func prefix(format: DialPlan.Format) throws {
        let plain = try dial("+442079460000", DialPlan(format: format, region: "GB"))
        #expect(try dial("+442079460000", DialPlan(format: format, region: "GB", prefix: "9")) == "9" + plain)
        #expect(try dial("+442079460000", DialPlan(format: format, region: "GB", prefix: "*9#")) == "*9#" + plain)
    }

    @Test("needs a region that has numbers")
    func unknownRegion() throws {
        let number = try #require(PhoneNumber(e164: "+14155550123"))
        #expect(DialPlan(region: "XX").dialString(for: number, method: .sendKey) == .failure(.unknownRegion("XX")))
    }

    @Test("dials only what is on a keypad", arguments: ["9,", "9w", "+", " ", "٩"])
    func keypad(text: String) throws {
        let number = try #require(PhoneNumber(e164: "+14155550123"))
        #expect(
            DialPlan(region: "US", prefix: text).dialString(for: number, method: .sendKey)
                == .failure(.notOnKeypad(key: "prefix", text: text)))
        #expect(
            DialPlan(region: "US", plus: text).dialString(for: number, method: .sendKey)
                == .failure(.notOnKeypad(key: "plus", text: text)))
    }

    @Test("says what to do where calls abroad need a carrier's digits")
    func carrierSelection() throws {
        let number = try #require(PhoneNumber(e164: "+442079460000"))
        let problem = DialProblem.noInternationalPrefix(region: "BR")
        #expect(DialPlan(region: "BR").dialString(for: number, method: .sendKey) == .failure(problem))
        #expect(problem.description.contains("plus"))
        #expect(try dial("+442079460000", DialPlan(format: .e164, region: "BR", plus: "0021")) == "0021442079460000")
    }

    @Test("refuses numbers that cannot be in use, and premium-rate numbers")
    func refused() throws {
        let nowhere = try #require(PhoneNumber(e164: "+9991234567"))
        #expect(Self.fromUS.dialString(for: nowhere, method: .makeCall) == .failure(.notDiallable(nowhere)))
        for e164 in ["+19005550123", "+19000550123", "+449067011234"] {
            let premium = try #require(PhoneNumber(e164: e164))
            #expect(Self.fromUS.dialString(for: premium, method: .makeCall) == .failure(.premiumRate(premium)))
        }
    }

    @Test("comes back from JSON, prefix and plus left out or not")
    func codes() throws {
        let plan = DialPlan(format: .national, region: "US", prefix: "9", plus: "00")
        #expect(try JSONDecoder().decode(DialPlan.self, from: JSONEncoder().encode(plan)) == plan)
        let short = try JSONDecoder().decode(DialPlan.self, from: Data(#"{"region": "GB"}"#.utf8))
        #expect(short == DialPlan(region: "GB"))
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(DialPlan.self, from: Data(#"{"region": "GB", "format": "local"}"#.utf8))
        }
    }
}
