/// How the digits of a column are meant that bring neither a plus nor a prefix: `4915191234567` is a mobile of Germany with its
/// country code, or a fixed line of area code 04915 without its zero.
public enum DigitsForm: Sendable, Hashable {
    /// Nothing tells: what can be read both ways is refused.
    case unknown
    /// They are national numbers.
    case national
    /// They begin with a country code.
    case withCountryCode

    /// The calling code that is also what people dial before an area code, in North America: ten digits there are a number without
    /// either.
    static let trunkCode = 1

    /// Digits of a number behind the area code 011, of Buenos Aires, Delhi or Turin, that code included.
    static let longestBehind011 = 11

    /// Whether digits begin with 00 or 011 as numbers of other countries do, rather than with an area code. Digits are 0...9.
    static func mayBeginAbroad(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        guard digits.count > 3, digits[0] == 0 else { return false }
        return digits[1] == 0 || (digits[1] == 1 && digits[2] == 1 && digits.count > longestBehind011)
    }

    /// Which of two readings of one text holds.
    enum Choice {
        case national
        case withCountryCode
        case ambiguous
        case neither
    }

    /// Decides between the readings of digits that begin with their region's own country code; nil is a reading that is not
    /// possible.
    func choice(national: LibPhoneNumber.Parsed?, withCountryCode: LibPhoneNumber.Parsed?) -> Choice {
        switch (national, withCountryCode) {
        case (nil, nil): return .neither
        case (nil, _?): return .withCountryCode
        case (let national?, nil):
            // Among numbers with their code it is one that lacks digits, and no stranger's.
            return self == .withCountryCode && !national.isValid ? .neither : .national
        case (let national?, let other?):
            if national.number == other.number { return .withCountryCode }
            switch (national.isValid, other.isValid) {
            case (true, false): return self == .withCountryCode ? .ambiguous : .national
            case (false, true): return .withCountryCode
            default:
                switch self {
                case .unknown: return .ambiguous
                case .national: return .national
                case .withCountryCode: return .withCountryCode
                }
            }
        }
    }
}
