/// Counts how the numbers of a column are written, and tells from it how its bare digits are meant.
public struct DigitsFormTally: Sendable {
    /// Digits that may begin with a country code, and those of them that can be nothing else.
    private var withCode = 0
    private var onlyWithCode = 0
    /// Mobile numbers with their code among them: they are longer than a fixed line's without its prefix.
    private var mobile = 0
    /// National numbers without a prefix that cannot be numbers with a country code.
    private var national = 0
    /// National numbers with their prefix.
    private var prefixed = 0
    /// The first digits of those with a code: where all are the same, they may as well be one area code.
    private var beginnings: Set<Substring> = []

    /// A tally of nothing.
    public init() {}

    /// Counts a text; one that is no single number of digits counts nothing.
    public mutating func count(_ text: String, region: String) {
        let text = NumberText(text)
        guard !text.isWordy, !text.hasCountryCode, !text.isRounded, !text.isOverlong else { return }
        let digits = text.leadingDigits
        guard digits.count >= 6, !digits.hasPrefix("00"), let code = LibPhoneNumber.callingCode(of: region) else {
            return
        }
        let own = digits.hasPrefix("\(code)")
        let nationalText = own ? "+\(code) " + text.text : text.text
        let national = Self.inUse(nationalText, region: region)
        if digits.hasPrefix("0") {
            if national != nil { prefixed += 1 }
            return
        }
        if !own, national != nil {
            self.national += 1
            return
        }
        guard let number = Self.inUse("+" + text.text, region: region) else {
            if national != nil { self.national += 1 }
            return
        }
        if number.number == national?.number { return }
        withCode += 1
        if number.kind == .mobile { mobile += 1 }
        if national == nil { onlyWithCode += 1 }
        beginnings.insert(digits.prefix("\(code)".count + 2))
    }

    /// What the counts tell.
    public var form: DigitsForm {
        guard withCode > 0 else { return national + prefixed > 0 ? .national : .unknown }
        if national == 0 {
            // Where zeros are kept, digits without one bring their country code; but a few among many are left open.
            guard prefixed * 4 <= withCode else { return .unknown }
            let isPlain = onlyWithCode > 0 || beginnings.count > 1 || (mobile == withCode && mobile >= Self.enough)
            return isPlain ? .withCountryCode : .unknown
        }
        if national * 10 <= withCode, prefixed * 4 <= withCode { return .withCountryCode }
        return withCode * 10 <= national ? .national : .unknown
    }

    /// Mobile numbers of one beginning that are a column of them.
    private static let enough = 5

    /// The number, if it is one in use.
    private static func inUse(_ text: String, region: String) -> LibPhoneNumber.Parsed? {
        var text = text
        if let plain = text.withUTF8({ PlainNumber.read($0, region: region, form: .national) }) {
            return plain.isValid ? plain : nil
        }
        guard case .success(let parsed) = LibPhoneNumber.parse(text, region: region), parsed.isValid else { return nil }
        return parsed
    }
}
