import CPhoneNumbers
import Foundation

/// The questions that are put to libphonenumber, in Swift's types.
enum LibPhoneNumber {
    /// The library's word for "no region": only numbers with a country code can be read with it.
    static let noRegion = "ZZ"

    /// What the library made of a text, before our own rules are applied.
    struct Parsed {
        var number: PhoneNumber
        var callingCode: Int
        var region: String?
        var kind: NumberKind
        var isValid: Bool
        var `extension`: String?
    }

    static func parse(_ text: String, region: String) -> Result<Parsed, NumberProblem> {
        var text = text
        var raw = cpn_number()
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cpn_parse($0.baseAddress, $0.count, region, &raw) }
        }
        switch status {
        case CPN_OK: break
        case CPN_UNKNOWN_COUNTRY_CODE: return .failure(.unknownCountryCode)
        case CPN_TOO_SHORT: return .failure(.tooShort)
        case CPN_TOO_LONG: return .failure(.tooLong)
        case CPN_IMPOSSIBLE_LENGTH: return .failure(.impossible)
        case CPN_LOCAL_ONLY: return .failure(.noAreaCode)
        default: return .failure(.notANumber)
        }
        guard let number = PhoneNumber(digits: raw.e164) else { return .failure(.tooShort) }
        let parsedRegion = withUnsafeBytes(of: raw.region, string(upToNUL:))
        let parsedExtension = withUnsafeBytes(of: raw.extension, string(upToNUL:))
        return .success(
            Parsed(
                number: number,
                callingCode: Int(raw.calling_code),
                region: parsedRegion.isEmpty || parsedRegion == "001" ? nil : parsedRegion,
                kind: NumberKind(raw.kind),
                isValid: raw.valid,
                extension: parsedExtension.isEmpty ? nil : parsedExtension
            )
        )
    }

    /// Whether the letters of the text stand for keypad digits.
    static func isVanity(_ text: String) -> Bool { asking(text) { cpn_is_vanity($0, $1) } }

    static func libraryDate() -> Date? {
        let seconds = cpn_library_time()
        return seconds > 0 ? Date(timeIntervalSince1970: Double(seconds)) : nil
    }

    static func isKnownRegion(_ region: String) -> Bool { cpn_is_known_region(region) }

    static func callingCode(of region: String) -> Int? {
        let code = cpn_calling_code(region)
        return code == 0 ? nil : Int(code)
    }

    static func knownRegions() -> [String] {
        list(writing(capacity: 4096) { cpn_known_regions($0, $1) })
    }

    /// The regions that share a calling code, the main one first.
    static func regions(ofCallingCode code: Int) -> [String] {
        list(writing(capacity: 1024) { cpn_regions_of_calling_code(Int32(clamping: code), $0, $1) })
    }

    static func nationalDigits(of number: PhoneNumber) -> String? {
        writing(capacity: 64) { cpn_national_digits(number.digits, $0, $1) }
    }

    /// A number of a region that is in use; nil if it has none of the kind.
    static func example(of region: String, isMobile: Bool) -> PhoneNumber? {
        PhoneNumber(digits: cpn_example_number(region, isMobile ? CPN_KIND_MOBILE : CPN_KIND_FIXED_LINE))
    }

    /// What is dialled in a region before a foreign country code; nil if there is no single answer.
    static func internationalPrefix(of region: String) -> String? {
        writing(capacity: 32) { cpn_international_prefix(region, $0, $1) }
    }

    static func isEmergency(_ digits: String, region: String) -> Bool {
        asking(digits) { cpn_is_emergency($0, $1, region) }
    }

    static func connectsToEmergency(_ digits: String, region: String) -> Bool {
        asking(digits) { cpn_connects_to_emergency($0, $1, region) }
    }

    static func isShortNumber(_ digits: String, region: String) -> Bool {
        asking(digits) { cpn_is_short_number($0, $1, region) }
    }

    private static func asking(_ text: String, _ question: (UnsafePointer<CChar>?, Int) -> Bool) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { question($0.baseAddress, $0.count) }
        }
    }

    private static func writing(capacity: Int, _ fill: (UnsafeMutablePointer<CChar>?, Int) -> Int) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
            let length = fill(buffer.baseAddress, buffer.count)
            guard length > 0 else { return nil }
            return buffer.prefix(length).withMemoryRebound(to: UInt8.self) { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func list(_ joined: String?) -> [String] {
        (joined ?? "").split(separator: ",").map(String.init)
    }

    private static func string(upToNUL bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}

extension NumberKind {
    fileprivate init(_ kind: cpn_kind) {
        self =
            switch kind {
            case CPN_KIND_FIXED_LINE: .fixedLine
            case CPN_KIND_MOBILE: .mobile
            case CPN_KIND_FIXED_LINE_OR_MOBILE: .fixedLineOrMobile
            case CPN_KIND_TOLL_FREE: .tollFree
            case CPN_KIND_PREMIUM_RATE: .premiumRate
            case CPN_KIND_SHARED_COST: .sharedCost
            case CPN_KIND_VOIP: .voip
            case CPN_KIND_PERSONAL: .personal
            case CPN_KIND_PAGER: .pager
            case CPN_KIND_UAN: .uan
            case CPN_KIND_VOICEMAIL: .voicemail
            default: .unknown
            }
    }
}
