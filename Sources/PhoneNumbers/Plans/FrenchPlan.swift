/// The national numbering plan of France, which its overseas parts share: ten digits, dialed alike from everywhere, and yet
/// numbers with calling codes of their own. `0590 30 12 34` typed in Paris is +590 590 30 12 34, in Guadeloupe.
///
/// Sources: Arcep, plan national de numérotation (décision 2018-0881 as amended by 2022-1583: 0262, 0263, 0269, 0508, 0590,
/// 0594, 0596; mobiles 0639, 0690 to 0694, 0696, 0697, 0708, 0709; verified numbers 09475 to 09479), décision 2004-847
/// (non-geographic numbers of the overseas departments, 0876 then 0976), and for the parts of 0587, 0598, 0939 and 0976 the
/// ranges of libphonenumber 9.0.43. Looked up 2026-12-01.
enum FrenchPlan {
    /// Where the numbers of a range are.
    struct Owner: Sendable, Hashable {
        /// The calling code under which they are reached from abroad.
        var callingCode: Int64
        /// ISO 3166-1 alpha-2; of +590 the main one, which shares its ranges with MF and BL.
        var region: String
    }

    /// Whether a calling code is one of the plan's. Every number of every list is asked, so that a set would cost.
    private static func has(_ callingCode: Int) -> Bool {
        switch callingCode {
        case 33, 262, 508, 590, 594, 596: true
        default: false
        }
    }

    private static let guadeloupe = Owner(callingCode: 590, region: "GP")
    private static let guyane = Owner(callingCode: 594, region: "GF")
    private static let martinique = Owner(callingCode: 596, region: "MQ")
    private static let reunion = Owner(callingCode: 262, region: "RE")
    private static let mayotte = Owner(callingCode: 262, region: "YT")
    private static let saintPierre = Owner(callingCode: 508, region: "PM")

    /// By the beginning of the nine digits behind the 0; the longest that fits has the word.
    private static let owners = PrefixTable<Owner>(
        Dictionary(
            uniqueKeysWithValues: [
                (guadeloupe, [590, 5987, 690, 691, 7090, 9395, 9475, 9760, 9761, 9768]),
                (guyane, [594, 5988, 694, 70930, 70931, 70932, 70933, 70934, 9396, 9476, 9764, 9765]),
                (martinique, [596, 5989, 696, 697, 7091, 9397, 9477, 9766, 9767]),
                (reunion, [262, 263, 2688, 692, 693, 7092, 9399, 9479, 9762, 9763]),
                (mayotte, [269, 2689, 639, 70935, 70936, 70937, 70938, 70939, 9398, 9478, 9769]),
                (saintPierre, [508, 7084, 7085]),
            ].flatMap { owner, prefixes in prefixes.map { (Int64($0), owner) } }))

    /// The overseas part that nine national digits belong to; nil for those of metropolitan France, and of numbers that
    /// belong to no place (08).
    static func overseas(_ national: Int64) -> Owner? { owners.value(leading: national) }

    /// The number that is reached, with the region that its plan tells, where a number was read under another calling code of
    /// the plan than its own, or in a range that the library does not know; the number as it was read everywhere else.
    static func placed(_ parsed: LibPhoneNumber.Parsed) -> LibPhoneNumber.Parsed {
        guard has(parsed.callingCode) else { return parsed }
        let code = Int64(parsed.callingCode)
        let national = parsed.number.digits - code * 1_000_000_000
        // Nine digits behind the code; the six of Saint-Pierre-et-Miquelon are its own already.
        guard (100_000_000...999_999_999).contains(national) else { return parsed }
        guard let owner = overseas(national) else { return metropolitan(parsed, national) }
        var placed = owner.callingCode == code ? parsed : moved(parsed, national, to: owner)
        // The library's ranges of +590 tell its three regions apart as far as can be; those of the others are older than the plan's.
        placed.region = owner == guadeloupe ? placed.region ?? owner.region : owner.region
        return placed
    }

    private static func moved(
        _ parsed: LibPhoneNumber.Parsed, _ national: Int64, to owner: Owner
    ) -> LibPhoneNumber.Parsed {
        // 0508 41 23 45 is +508 41 23 45, while mobiles keep all of their digits.
        let digits = owner.region == "PM" && national / 1_000_000 == 508 ? national % 1_000_000 : national
        let start = owner.callingCode * (digits < 1_000_000 ? 1_000_000 : 1_000_000_000)
        guard let number = PhoneNumber(digits: start + digits) else { return parsed }
        var placed = parsed
        if case .success(let known) = LibPhoneNumber.parse(number.e164, region: LibPhoneNumber.noRegion) {
            placed = known
            placed.extension = parsed.extension
        } else {
            // A range that is younger than the installed library.
            placed.number = number
            placed.callingCode = Int(owner.callingCode)
            placed.kind = .unknown
            placed.isValid = false
            placed.region = nil
        }
        return placed
    }

    /// A metropolitan number that was read in an overseas part, and is none of its numbers: `06 12 34 56 78` typed in Cayenne.
    private static func metropolitan(_ parsed: LibPhoneNumber.Parsed, _ national: Int64) -> LibPhoneNumber.Parsed {
        guard parsed.callingCode != 33, !parsed.isValid, let number = PhoneNumber(digits: 33_000_000_000 + national),
            case .success(var known) = LibPhoneNumber.parse(number.e164, region: LibPhoneNumber.noRegion), known.isValid
        else { return parsed }
        known.extension = parsed.extension
        return known
    }
}
