/// Reads texts that are nothing but a number, as nearly every cell of a list is, by the library's own plans and rules but
/// without the library's cost. What is not plain is left to the library.
enum PlainNumber {
    /// More digits than any number and its prefixes.
    private static let longest = 20
    /// Fewer digits than this may be a short or an emergency number.
    private static let shortest = 9

    /// Digits of a text in one number at most; with spaces between more of them there may be two.
    private static let longestWithSpaces = 13

    /// The number in a text, exactly as ``NumberReader`` reads it with the library; nil where the library has to be asked: the
    /// text has other characters than digits and punctuation, or the number is not possible, or its region's prefixes are
    /// beyond us, or it can be read in two ways.
    static func read(
        _ text: UnsafeBufferPointer<UInt8>, region: String, form: DigitsForm = .unknown
    ) -> LibPhoneNumber.Parsed? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { buffer in
            guard let (count, hasPlus) = digits(of: text, into: buffer) else { return nil }
            let digits = UnsafeBufferPointer(rebasing: buffer[..<count])
            return hasPlus ? international(digits).number : national(digits, region: region, form: form)
        }
    }

    /// What the plans make of digits.
    private enum Found {
        /// Only the library can tell.
        case unknown
        case impossible
        case number(LibPhoneNumber.Parsed)

        var number: LibPhoneNumber.Parsed? { if case .number(let parsed) = self { parsed } else { nil } }

        var isUnknown: Bool { if case .unknown = self { true } else { false } }
    }

    /// The digits of a text that has nothing else but the punctuation of numbers.
    private static func digits(
        of text: UnsafeBufferPointer<UInt8>, into buffer: UnsafeMutableBufferPointer<UInt8>
    ) -> (count: Int, hasPlus: Bool)? {
        var count = 0
        var hasPlus = false
        var dots = 0
        var spaces = 0
        for byte in text {
            if let digit = byte.decimal {
                guard count < longest else { return nil }
                buffer[count] = UInt8(digit)
                count += 1
                continue
            }
            switch byte {
            case UInt8(ascii: " "): spaces += 1
            case UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"): break
            case UInt8(ascii: "."): dots += 1
            case UInt8(ascii: "+"):
                guard count == 0, !hasPlus else { return nil }
                hasPlus = true
            default: return nil
            }
        }
        // One dot may be the point of a spreadsheet's quantity.
        guard dots != 1, count >= shortest, spaces == 0 || hasPlus || count <= longestWithSpaces else { return nil }
        return (count, hasPlus)
    }

    private static func international(_ digits: UnsafeBufferPointer<UInt8>) -> Found {
        let plans = NumberingPlans.installed
        guard digits[0] != 0 else { return .unknown }
        var code = 0
        for length in 1...3 {
            code = code * 10 + Int(digits[length - 1])
            guard plans.isInUse(code) else { continue }
            guard let callingCode = plans.plans(ofCallingCode: code) else { return .unknown }
            let rest = UnsafeBufferPointer(rebasing: digits[length...])
            return reading(of: rest, prefixOf: callingCode.main, callingCode)
        }
        return .impossible
    }

    private static func national(
        _ digits: UnsafeBufferPointer<UInt8>, region: String, form: DigitsForm
    ) -> LibPhoneNumber.Parsed? {
        let plans = NumberingPlans.installed
        guard let code = plans.callingCode(ofRegion: region), let callingCode = plans.plans(ofCallingCode: code),
            let plan = callingCode.plan(ofRegion: region), let abroad = plan.internationalPrefix,
            abroad.prefix(of: digits) == nil, !DigitsForm.mayBeginAbroad(digits)
        else { return nil }
        // A number may be written with its country code and no plus.
        if let rest = removing(code, from: digits) {
            let national = reading(of: digits, prefixOf: callingCode.main, callingCode)
            let withCode = reading(of: rest, prefixOf: callingCode.main, callingCode)
            guard !national.isUnknown, !withCode.isUnknown else { return nil }
            return switch form.choice(national: national.number, withCountryCode: withCode.number) {
            case .national: national.number
            case .withCountryCode: withCode.number
            case .ambiguous, .neither: nil
            }
        }
        // Among numbers with their country code it may be one of another country.
        guard form != .withCountryCode || digits[0] == 0 else { return nil }
        guard form == .national || digits[0] == 0 || code == DigitsForm.trunkCode || !mayBeForeign(digits) else {
            return nil
        }
        return reading(of: digits, prefixOf: plan, callingCode).number
    }

    /// Whether digits without a prefix are a number of some country with its code, as far as the plans tell.
    private static func mayBeForeign(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        switch international(digits) {
        case .unknown: true
        case .impossible: false
        case .number(let parsed): parsed.isValid
        }
    }

    private static func removing(
        _ code: Int, from digits: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        let length = code < 10 ? 1 : code < 100 ? 2 : 3
        let first = digits.prefix(length).reduce(0) { $0 * 10 + Int($1) }
        return first == code ? UnsafeBufferPointer(rebasing: digits[length...]) : nil
    }

    private static func reading(
        of digits: UnsafeBufferPointer<UInt8>, prefixOf plan: RegionPlan, _ callingCode: NumberingPlans.CallingCode
    ) -> Found {
        guard let stripped = plan.withoutPrefix(digits), callingCode.main.general.lengths != nil else {
            return .unknown
        }
        // A prefix is taken off only if what is left can be a number of the region.
        let number = isPossible(stripped, plan, orLonger: true) ? stripped : digits
        guard isPossible(number, callingCode.main, orLonger: false) else { return .impossible }
        let found = callingCode.plan(of: number)
        let kind = found?.kind(of: number)
        let e164 = number.reduce(Int64(callingCode.main.callingCode)) { $0 * 10 + Int64($1) }
        guard let result = PhoneNumber(digits: e164) else { return .impossible }
        return .number(
            LibPhoneNumber.Parsed(
                number: result, callingCode: callingCode.main.callingCode, region: found?.region,
                kind: kind ?? .unknown, isValid: kind != nil, extension: nil))
    }

    private static func isPossible(
        _ digits: UnsafeBufferPointer<UInt8>, _ plan: RegionPlan, orLonger: Bool
    ) -> Bool {
        guard let lengths = plan.general.lengths, digits.count < 32 else { return false }
        if lengths & (1 << UInt32(digits.count)) != 0 { return true }
        return orLonger && lengths >> UInt32(digits.count) == 0
    }
}
