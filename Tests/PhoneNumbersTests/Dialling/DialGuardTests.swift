import Testing

@testable import PhoneNumbers

@Suite("Emergency and short numbers")
struct DialGuardTests {
    func dial(_ e164: String, _ plan: DialPlan) throws -> Result<String, DialProblem> {
        plan.dialString(for: try #require(PhoneNumber(e164: e164)), method: .sendKey)
    }

    @Test("are refused when the number is one, with a prefix and without", arguments: ["", "9"])
    func shortNumber(prefix: String) throws {
        let outcome = try dial("+44116123", DialPlan(region: "GB", prefix: prefix))
        guard case .failure(let problem) = outcome else {
            Issue.record("dialled \(outcome)")
            return
        }
        #expect(problem.description.hasSuffix("."))
    }

    @Test("are refused when prefix and digits together spell one", arguments: ["9", "91"])
    func spelledTogether(prefix: String) {
        #expect(
            DialGuard(region: "US", prefix: prefix).checked(String("911".dropFirst(prefix.count)), isNationalForm: true)
                == .failure(.shortOrEmergency(dialString: "911", region: "US")))
    }

    @Test("are refused behind a prefix", arguments: ["911", "112", "411"])
    func behindPrefix(digits: String) {
        let outcome = DialGuard(region: "US", prefix: "1010321").checked(digits, isNationalForm: true)
        #expect(outcome == .failure(.shortOrEmergency(dialString: digits, region: "US")))
    }

    @Test("do not lie in a prefix and a number that happen to begin with their digits")
    func beginningsAreHarmless() throws {
        #expect(try dial("+5511961234567", DialPlan(region: "BR", prefix: "9")) == .success("911961234567"))
    }

    @Test("must not be the prefix itself", arguments: [("911", "US"), ("112", "DE"), ("999", "GB")])
    func prefixIsEmergency(prefix: String, region: String) throws {
        #expect(
            try dial("+14155550123", DialPlan(region: region, prefix: prefix))
                == .failure(.prefixIsEmergency(prefix: prefix, region: region)))
    }

    @Test("must not be the beginning of bare E.164 digits: Delhi, dialled from the US, is 911 and more")
    func delhi() throws {
        #expect(
            try dial("+911123456789", DialPlan(format: .e164, region: "US"))
                == .failure(.beginsWithEmergency(dialString: "911123456789", region: "US")))
        #expect(
            try dial("+911123456789", DialPlan(format: .e164, region: "US", prefix: "9"))
                == .failure(.beginsWithEmergency(dialString: "911123456789", region: "US")))
        #expect(try dial("+911123456789", DialPlan(format: .national, region: "US")) == .success("011911123456789"))
        #expect(
            try dial("+911123456789", DialPlan(format: .e164, region: "US", plus: "011")) == .success("011911123456789")
        )
        #expect(try dial("+911123456789", DialPlan(format: .e164, region: "GB")) == .success("911123456789"))
    }

    @Test("must not be the beginning of a national form whose area code is not in use")
    func areaCode911() throws {
        #expect(
            try dial("+19115550123", DialPlan(region: "US"))
                == .failure(.beginsWithEmergency(dialString: "9115550123", region: "US")))
    }

    @Test("are no concern of a number that is handed over with its plus")
    func plus() throws {
        let number = try #require(PhoneNumber(e164: "+911123456789"))
        #expect(DialPlan(region: "US").dialString(for: number, method: .makeCall) == .success("+911123456789"))
    }
}
