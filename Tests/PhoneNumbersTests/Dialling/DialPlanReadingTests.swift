import PhoneNumbers
import Testing

@Suite("A dial plan, read backwards") struct DialPlanReadingTests {
    static let numbers = [
        "+12127361103", "+14155550123", "+442079460000", "+493012345678", "+390612345678", "+33142685300",
        "+61293744000",
    ]

    /// Regions with each kind of international and trunk prefix, and prefixes for an outside line.
    static let plans: [DialPlan] = DialPlan.Format.allCases.flatMap { format in
        ["US", "GB", "DE", "IT", "AU"].flatMap { region in
            ["", "9", "0", "*9#"].flatMap { prefix in
                ["", "00", "77"].map { DialPlan(format: format, region: region, prefix: prefix, plus: $0) }
            }
        }
    }

    @Test("undoes every string that it writes, in each format, with and without a prefix", arguments: plans)
    func inverts(plan: DialPlan) throws {
        for e164 in Self.numbers {
            let number = try #require(PhoneNumber(e164: e164))
            for method in DialMethod.allCases {
                let dialled = try plan.dialString(for: number, method: method).get()
                #expect(plan.number(dialled: dialled, method: method) == number, "\(dialled) by \(plan), \(method)")
            }
        }
    }

    @Test(
        "reads what people dial by hand at a site, in other forms than the program's",
        arguments: [
            ("92127361103", "9", "+12127361103"), ("912127361103", "9", "+12127361103"),
            ("9011442079460000", "9", "+442079460000"), ("2127361103", "9", "+12127361103"),
            // A number that begins as the prefix does, shown without it.
            ("9175550123", "9", "+19175550123"), ("99175550123", "9", "+19175550123"),
            ("+12127361103", "9", "+12127361103"),
        ])
    func byHand(dialled: String, prefix: String, expected: String) {
        let plan = DialPlan(region: "US", prefix: prefix)
        #expect(plan.number(dialled: dialled, method: .sendKey)?.e164 == expected)
    }

    @Test(
        "what is no number stays none: extensions, short numbers, half-dialled ones",
        arguments: ["9", "", "9211", "42", "9911", "92127"])
    func none(dialled: String) {
        #expect(DialPlan(region: "US", prefix: "9").number(dialled: dialled, method: .sendKey) == nil)
    }
}
